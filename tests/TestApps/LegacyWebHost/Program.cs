using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Hosting.Server.Features;

#pragma warning disable ASPDEPR008 // The host before the generic one is what this is about.
// An application from before the generic host, which knows nothing of telemetry.
var host = WebHost.CreateDefaultBuilder(args)
    .ConfigureServices(services => services.AddRouting())
    .Configure(app =>
    {
        var logger = app.ApplicationServices.GetRequiredService<ILogger<Program>>();
        app.UseRouting();
        app.UseEndpoints(endpoints => endpoints.MapGet("/items/{id:int}", (int id) =>
        {
            logger.LogWarning("Item {Id} was asked for", id);
            return $"item {id}";
        }));
    })
    .Build();
await host.StartAsync();
Console.WriteLine("LegacyWebHost starts");
// Tests ask for port 0 and read here which one it became.
if (host.Services.GetRequiredService<IConfiguration>()["TestApp:AddressFile"] is { } file)
{
    File.WriteAllText(file + ".part", host.ServerFeatures.Get<IServerAddressesFeature>()!.Addresses.First());
    File.Move(file + ".part", file);
}
await host.WaitForShutdownAsync();
