using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Observability.AspNetCore.Tests.Enrichment;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Observability.AspNetCore.Tests.Logs;

/// <summary>The server's own lines about a request carry its URL, and URLs carry secrets.</summary>
public sealed class RequestLineTests : IDisposable
{
    private const string Secret = "hunter2-in-the-query";
    private readonly string _folder = Directory.CreateTempSubdirectory("request-lines").FullName;

    private string Lines => Path.Combine(_folder, "lines.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_values_of_a_query_are_in_no_line_and_no_record_unless_they_are_kept(bool keep)
    {
        var records = new Records();
        await using (var app = await RunningApp.Start(
            app => app.MapGet("/orders", () => "ok"),
            builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Information);
                builder.Services.Configure<OpenTelemetryLoggerOptions>(options => options.IncludeFormattedMessage = true);
                builder.Services.ConfigureOpenTelemetryLoggerProvider(logging => logging.AddProcessor(records));
            },
            ("Observability:Logs:KeepQueryValues", keep.ToString()),
            ("Observability:Logs:JsonLines:Rendering", "Json"),
            ("Observability:Logs:JsonLines:Destination", "File"),
            ("Observability:Logs:JsonLines:File:Path", Lines)))
            await app.SpanOf(client => client.GetStringAsync("/orders?verbose=&api=" + Secret));

        var lines = File.ReadLines(Lines).Where(line => line.Contains("Hosting.Diagnostics", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line =>
        {
            var json = JsonDocument.Parse(line).RootElement;
            Assert.Equal(keep ? "?verbose=&api=" + Secret : "?verbose=&api=***", json.GetProperty("QueryString").GetString());
            Assert.Contains("/orders?verbose=&api=" + (keep ? Secret : "*** "), json.GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.Equal(keep, line.Contains(Secret, StringComparison.Ordinal));
        });
        Assert.Equal(2, records.Queries.Count);
        Assert.All(records.Queries, query => Assert.Equal(keep ? "?verbose=&api=" + Secret : "?verbose=&api=REDACTED", query));
        Assert.All(records.Messages, message => Assert.Equal(keep, message.Contains(Secret, StringComparison.Ordinal)));
    }

    private sealed class Records : BaseProcessor<LogRecord>
    {
        public ConcurrentBag<string> Queries { get; } = [];

        public ConcurrentBag<string> Messages { get; } = [];

        public override void OnEnd(LogRecord data)
        {
            foreach (var (name, value) in data.Attributes ?? [])
            {
                if (name != "QueryString") continue;
                Queries.Add(value?.ToString() ?? "");
                Messages.Add(data.FormattedMessage ?? "");
            }
        }
    }
}
