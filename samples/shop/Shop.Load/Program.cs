using Microsoft.Extensions.Configuration;
using Shop.Load;

if (args.Contains("--help"))
{
    Console.WriteLine("""
        dotnet run --project samples/shop/Shop.Load -- [--url http://localhost:5080] [--rate 20] [--duration 10] [--slow 10] [--failing 5]
          --rate      checkouts a second
          --duration  seconds
          --slow      percent that order the made-to-order item
          --failing   percent whose payment is declined
        """);
    return 0;
}

var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
var plan = new LoadPlan(
    new Uri(settings["url"] ?? "http://localhost:5080"),
    settings.GetValue("rate", 20.0),
    TimeSpan.FromSeconds(settings.GetValue("duration", 10.0)),
    settings.GetValue("slow", 10),
    settings.GetValue("failing", 5));
var result = await Shoppers.Run(plan);
Console.WriteLine(result);
return result.Unexpected == 0 ? 0 : 1;
