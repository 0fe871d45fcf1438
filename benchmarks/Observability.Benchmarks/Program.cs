using Observability.Benchmarks;

var suites = Suite.All();
if (args.Length == 0 || !suites.TryGetValue(args[0], out var suite))
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project benchmarks/Observability.Benchmarks -- SUITE [--quick]");
    Console.Error.WriteLine("suites: " + string.Join(", ", suites.Keys));
    return 2;
}

var quick = args.Contains("--quick");
var report = new Report(suite.Name, quick);
suite.Run(report, quick);
report.Close();
return 0;
