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

    [Fact]
    public void Paths_follow_inherited_interfaces_and_generic_types()
    {
        var span = Recorded("""
            using System.Collections.Generic;
            public interface INamed { string Name { get; } }
            public interface IHolder<T> { int Count { get; } T Held { get; } }
            public interface IBoth : INamed, IHolder<string> { }
            public sealed class Both : IBoth { public string Name => "both"; public int Count => 4; public string Held => "held"; }
            public sealed class Numbers : List<int> { }
            public static class Subject
            {
                public static string Run() { Work(new Both(), [1], new Numbers { 1, 2 }, new KeyValuePair<string, int>("k", 3)); return ""; }
                private static void Work(IBoth both, List<int> list, Numbers numbers, KeyValuePair<string, int> pair) { }
            }
            """, "both.Name", "both.Count", "both.Held", "list.Count", "numbers.Count", "numbers.Capacity", "pair.Key");
        Assert.Equal("both", span["both.Name"]);
        Assert.Equal(4, span["both.Count"]);
        Assert.Equal(1, span["list.Count"]);
        Assert.Equal(2, span["numbers.Count"]);
        // Of a type that stands in type parameters: reported, and not read.
        Assert.DoesNotContain("pair.Key", span.Keys);
        Assert.DoesNotContain("both.Held", span.Keys);
    }

    [Fact]
    public void A_reference_to_nothing_shows_nothing()
    {
        var span = Recorded("""
            using System.Runtime.CompilerServices;
            public static class Subject
            {
                public static string Run() { Work(ref Unsafe.NullRef<int>(), ref Unsafe.NullRef<string>()); return ""; }
                private static void Work(ref int number, ref string text) { }
            }
            """, "number", "text", "text.Length");
        Assert.Equal(["code.function.name"], span.Keys);
    }

    [Theory]
    [InlineData("Server=x;Password=\"a;b secret\";X=1", "Server=x;Password=REDACTED;X=1")]
    [InlineData("Server=x;Password='it''s; it';X=1", "Server=x;Password=REDACTED;X=1")]
    [InlineData("Server=x;Password=\"never closed;X=1", "Server=x;Password=REDACTED")]
    [InlineData("Server=x;Password=my secret words;X=1", "Server=x;Password=REDACTED;X=1")]
    [InlineData("Server=x;Password = spaced;X=1", "Server=x;Password = REDACTED;X=1")]
    [InlineData("Server=x;PWD=a'b;c", "Server=x;PWD=REDACTED")]
    [InlineData("Server=x;Password=;X=1", "Server=x;Password=REDACTED;X=1")]
    [InlineData("Endpoint=sb://x/;SharedAccessKey=abc123=;", "Endpoint=sb://x/;SharedAccessKey=REDACTED;")]
    [InlineData("Endpoint=https://x;AccessKey=topsecret", "Endpoint=https://x;AccessKey=REDACTED")]
    [InlineData("AccountName=n;Account Key=a/b+c==;X=1", "AccountName=n;Account Key=REDACTED;X=1")]
    [InlineData("host:6379,password=hush,ssl=true", "host:6379,password=REDACTED,ssl=true")]
    [InlineData("https://h:8080;Password=a@b", "https://h:8080;Password=REDACTED")]
    [InlineData("amqp://h1:5672,amqp://user:pass@h2:5672", "amqp://h1:5672,amqp://REDACTED@h2:5672")]
    [InlineData("https://a/b then redis://:pw@h", "https://a/b then redis://REDACTED@h")]
    [InlineData("http://u:p@ss@h/", "http://REDACTED@h/")]
    [InlineData("https://user:pa/ss@h/x", "https://REDACTED@h/x")]
    [InlineData("https://user:hush@host/path", "https://REDACTED@host/path")]
    [InlineData("https://token@host/path", "https://REDACTED@host/path")]
    [InlineData("https://h/p?api_key=abc&sig=xyz&page=2#top", "https://h/p?api_key=REDACTED&sig=REDACTED&page=2#top")]
    [InlineData("https://h/p?page=2&key=abc next", "https://h/p?page=2&key=REDACTED next")]
    [InlineData("http://localhost:8080/npm/@scope/package", "http://localhost:8080/npm/@scope/package")]
    [InlineData("http://[::1]:8080/a@b", "http://[::1]:8080/a@b")]
    [InlineData("https://h/p?mail=a@b", "https://h/p?mail=a@b")]
    [InlineData("SELECT token, name FROM t WHERE id = 5 AND key = 6", "SELECT token, name FROM t WHERE id = 5 AND key = 6")]
    [InlineData("=", "=")]
    [InlineData("://", "://")]
    public void Credentials_are_covered(string text, string shown)
    {
        var span = Recorded($$"""
            public static class Subject
            {
                public static string Run() { Work({{Literal(text)}}); return ""; }
                private static void Work(string text) { }
            }
            """, "text");
        Assert.Equal(shown, span["text"]);
    }

    [Fact]
    public void A_long_text_of_marks_is_covered_in_one_go()
    {
        var span = Recorded("""
            using System.Linq;
            public static class Subject
            {
                public static string Run() { Work(string.Concat(Enumerable.Repeat("password=;://", 200_000))); return ""; }
                private static void Work(string text) { }
            }
            """, "text");
        Assert.StartsWith("password=REDACTED", (string)span["text"]!, StringComparison.Ordinal);
    }

    private static string Literal(string text) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);

    private static WeaveRule Tagging(params string[] parameters) => new() { Method = "Work", Tags = parameters.ToDictionary(name => name, name => name) };

    private static Dictionary<string, object?> Recorded(string source, params string[] parameters)
    {
        using var loaded = new LoadedAssembly(WovenAssembly.Weave(CompiledAssembly.From(source, prefix: "Values"), Tagging(parameters)));
        using var recorder = new SpanRecorder(loaded.Assembly.GetName().Name!);
        loaded.Run();
        return Assert.Single(recorder.Spans).TagObjects.ToDictionary(tag => tag.Key, tag => tag.Value);
    }
}
