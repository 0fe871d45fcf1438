using System.Diagnostics;
using Observability.Weaver.Tests.Libraries;
using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Recipes;

public class SqliteTests
{
    private const string Library = "Microsoft.Data.Sqlite";

    [Fact]
    public void Commands_of_Microsoft_Data_Sqlite_become_client_spans_with_their_text()
    {
        var woven = WovenAssembly.Of(new CompiledAssembly(Library, File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, Library + ".dll")), null), new WeaveOptions { Rules = WeaveRecipes.Rules(Library) });
        Assert.DoesNotContain(woven.Report.Diagnostics, diagnostic => diagnostic.Id is "OBS7007" or "OBS7011");
        var use = CompiledAssembly.From(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Libraries", "Uses", Library + ".cs")));
        var context = new WovenContext(new Dictionary<string, byte[]> { [Library] = woven.Image });
        using var recorder = new SpanRecorder(Library);
        using var own = new Activity("test").Start();
        context.Load(use).GetType("Use")!.GetMethod("Run")!.Invoke(null, null);

        // Another test may use a woven copy of the library at the same time: only what is below our own span counts.
        var spans = recorder.Spans.Where(span => span.TraceId == own.TraceId).ToList();
        var insert = spans.First(span => span.GetTagItem("db.query.text") is string text && text.StartsWith("insert", StringComparison.Ordinal));
        Assert.Equal(("sqlite query", ActivityKind.Client, "sqlite"), (insert.DisplayName, insert.Kind, insert.GetTagItem("db.system.name")));
        // SQLite's own name of an open database: that of its file, and none for one in memory.
        Assert.Equal("", insert.GetTagItem("db.namespace"));
        var failed = spans.Last(span => span.Status == ActivityStatusCode.Error);
        Assert.Equal("Microsoft.Data.Sqlite.SqliteException", failed.GetTagItem("error.type"));
    }

    [Fact]
    public void Every_recipe_can_be_read_and_is_reached_by_text_and_by_file() =>
        Assert.All(WeaveRecipes.Names, name =>
        {
            Assert.NotEmpty(WeaveRecipes.Rules(name));
            Assert.NotEmpty(RuleText.Parse("recipe:" + name));
            Assert.NotEmpty(RuleFile.Parse($$"""{ "recipes": [ "{{name}}" ] }"""));
        });
}
