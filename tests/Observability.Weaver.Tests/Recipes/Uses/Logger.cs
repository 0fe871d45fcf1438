using System;
using System.Collections.Generic;
using Microsoft.Extensions.Logging;

public static class Use
{
    public static string Run()
    {
        var lines = new List<string>();
        using var factory = LoggerFactory.Create(builder => builder.AddProvider(new Provider(lines)));
        factory.CreateLogger("Shop").LogInformation("line");
        return "logged " + lines.Count;
    }

    private sealed class Provider(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string category) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel level) => true;
        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? fault, Func<TState, Exception?, string> format) => lines.Add(format(state, fault));
        public void Dispose() { }
    }
}
