using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Runtime;

/// <summary>What of a value may be seen on a span.</summary>
public class ValueTests
{
    [Fact]
    public void Values_are_shown_bounded_and_without_credentials()
    {
        var span = Recorded("""
            using System;
            public static class Subject
            {
                public static string Run() { Work(new string('x', 1000), "Host=db;Password=hush;Port=1", "https://user:hush@host/path", "hush", new Uri("https://a/b"), DayOfWeek.Friday, 1.5m, null, new Odd()); return ""; }
                private static void Work(string longText, string connection, string url, string password, Uri uri, DayOfWeek day, decimal price, object? nothing, Odd odd) { }
                private sealed class Odd { public override string ToString() => throw new InvalidOperationException(); }
            }
            """, "longText", "connection", "url", "password", "uri", "day", "price", "nothing", "odd");
        Assert.Equal(257, ((string)span["longText"]!).Length);
        Assert.Equal("Host=db;Password=REDACTED;Port=1", span["connection"]);
        Assert.Equal("https://REDACTED@host/path", span["url"]);
        Assert.Equal("REDACTED", span["password"]);
        Assert.Equal("https://a/b", span["uri"]);
        Assert.Equal("Friday", span["day"]);
        Assert.Equal("1.5", span["price"]);
        Assert.DoesNotContain("nothing", span.Keys);
        Assert.DoesNotContain("odd", span.Keys);
    }

    [Fact]
    public void References_show_what_they_refer_to_and_what_cannot_be_shown_is_reported()
    {
        var compiled = CompiledAssembly.From("""
            using System;
            public static class Subject
            {
                public static string Run() { var n = 5; Work(ref n, in n, out _, "abc"); return ""; }
                private static void Work(ref int by, in int into, out int result, ReadOnlySpan<char> span) => result = 1;
            }
            """);
        var woven = WovenAssembly.Weave(compiled, Tagging("by", "into", "result", "span", "absent"));
        Assert.Equal(3, woven.Report.Diagnostics.Count(diagnostic => diagnostic.Id == "OBS7007"));
        using var loaded = new LoadedAssembly(woven);
        using var recorder = new SpanRecorder(woven.Name);
        loaded.Run();
        Assert.Equal(["by=5", "into=5"], Assert.Single(recorder.Spans).TagObjects.Where(tag => tag.Key != "code.function.name").Select(tag => $"{tag.Key}={tag.Value}"));
    }

    private static WeaveRule Tagging(params string[] parameters) => new() { Method = "Work", Tags = parameters.ToDictionary(name => name, name => name) };

    private static Dictionary<string, object?> Recorded(string source, params string[] parameters)
    {
        using var loaded = new LoadedAssembly(WovenAssembly.Weave(CompiledAssembly.From(source, prefix: "Values"), Tagging(parameters)));
        using var recorder = new SpanRecorder(loaded.Assembly.GetName().Name!);
        loaded.Run();
        return Assert.Single(recorder.Spans).TagObjects.ToDictionary(tag => tag.Key, tag => tag.Value);
    }
}
