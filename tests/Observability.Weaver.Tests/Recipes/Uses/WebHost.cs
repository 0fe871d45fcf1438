using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

#pragma warning disable ASPDEPR004, ASPDEPR008
public static class Use
{
    public static string Run()
    {
        using var host = new WebHostBuilder()
            .ConfigureServices(services => services.AddSingleton<IServer, Server>().AddSingleton("hello"))
            .Configure(_ => { })
            .Build();
        host.Start();
        return "built " + host.Services.GetRequiredService<string>();
    }

    private sealed class Server : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();
        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken token) where TContext : notnull => Task.CompletedTask;
        public Task StopAsync(CancellationToken token) => Task.CompletedTask;
        public void Dispose() { }
    }
}
