using System.Diagnostics;
using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Recipes;

/// <summary>Recipes that announce an object, so that somebody may join it, and the rule that they stand on.</summary>
public class AnnouncementTests
{
    private static readonly string AspNetCore = Path.GetDirectoryName(typeof(object).Assembly.Location)!.Replace("Microsoft.NETCore.App", "Microsoft.AspNetCore.App", StringComparison.Ordinal);

    [Fact]
    public void The_builder_of_a_legacy_web_host_is_announced_before_it_builds()
    {
        using var announced = new Announced();
        var said = new RecipeRun("WebHost", Path.Combine(AspNetCore, "Microsoft.AspNetCore.Hosting.dll")).Run("WebHost");
        Assert.Equal("built hello", said);
        Assert.Equal("Microsoft.AspNetCore.Hosting.WebHostBuilder", Assert.Single(announced.Of("Microsoft.AspNetCore.Hosting.WebHostBuilder.Build")).GetType().FullName);
    }

    [Fact]
    public void A_logger_factory_is_announced_and_takes_a_provider()
    {
        using var announced = new Announced();
        var said = new RecipeRun("LoggerFactory", Path.Combine(AspNetCore, "Microsoft.Extensions.Logging.dll")).Run("Logger");
        Assert.Equal("logged 1", said);
        Assert.Contains("LoggerFactory", Assert.Single(announced.Of("Microsoft.Extensions.Logging.LoggerFactory.Create")).GetType().FullName, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_is_announced_a_subscriber_that_throws_does_no_harm_and_what_is_no_object_is_told()
    {
        var woven = WovenAssembly.Weave(CompiledAssembly.From("""
            public static class Subject
            {
                public static string Run() => Take("given", 1) + Take(1);
                private static string Take(string text, int number) => text + number;
                private static string Take(int number) => "" + number;
            }
            """, prefix: "Announcing"), new WeaveRule { Method = "Take", Parameters = "String, *", Spans = false, Announce = "text" }, new WeaveRule { Method = "Run", Spans = false, Announce = "number" });
        Assert.Equal(("OBS7007", "Subject.Run"), woven.Report.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Subject)).Single());
        using var announced = new Announced(throws: true);
        using var loaded = new LoadedAssembly(woven);
        Assert.Equal("given11", loaded.Run());
        Assert.Equal(["given"], announced.Of("Subject.Take"));
        loaded.CompileEveryMethod();
    }

    /// <summary>Subscribes to every listener of woven code.</summary>
    private sealed class Announced : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<KeyValuePair<string, object?>> _events = new();
        private readonly IDisposable _subscription;
        private readonly bool _throws;

        public Announced(bool throws = false)
        {
            _throws = throws;
            _subscription = DiagnosticListener.AllListeners.Subscribe(this);
        }

        public IEnumerable<object> Of(string name) => _events.Where(entry => entry.Key == name).Select(entry => entry.Value!);

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Observability.Weaver") value.Subscribe(this);
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            _events.Enqueue(value);
            if (_throws) throw new InvalidOperationException();
        }

        public void OnCompleted() => _events.Clear();

        public void OnError(Exception error) => throw error;

        public void Dispose() => _subscription.Dispose();
    }
}
