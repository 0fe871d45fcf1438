using System.Diagnostics;
using System.Reflection;
using Observability.Weaver.Tests.Libraries;
using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Recipes;

/// <summary>A library woven by a recipe, and a use of it that is compiled here and run with the woven copy.</summary>
internal sealed class RecipeRun
{
    private readonly Dictionary<string, byte[]> _copies = [];
    private readonly List<string> _references = [];

    /// <param name="recipe">The recipe's name.</param>
    /// <param name="library">The assembly's path.</param>
    public RecipeRun(string recipe, string library)
    {
        Name = Path.GetFileNameWithoutExtension(library);
        var woven = WovenAssembly.Of(new CompiledAssembly(Name, File.ReadAllBytes(library), null), new WeaveOptions { Rules = WeaveRecipes.Rules(recipe), References = [Path.GetDirectoryName(library)!] });
        Assert.True(woven.Report.Outcome == WeaveOutcome.Woven, string.Join('\n', woven.Report.Diagnostics));
        // Every rule picks something, and every value that it names is there.
        Assert.DoesNotContain(woven.Report.Diagnostics, diagnostic => diagnostic.Id is "OBS7003" or "OBS7005" or "OBS7006" or "OBS7007" or "OBS7011");
        _copies[Name] = woven.Image;
    }

    private string Name { get; }

    public RecipeRun With(string name, CompiledAssembly assembly, params string[] references)
    {
        _copies[name] = assembly.Image;
        _references.AddRange(references);
        return this;
    }

    /// <summary>Runs <c>Use.Run</c> with the arguments below a span of its own; returns what it said.</summary>
    public string Run(string use, params object[] arguments)
    {
        var source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Recipes", "Uses", use + ".cs"));
        var compiled = CompiledAssembly.From(source, references: [.. _references]);
        var context = new WovenContext(_copies);
        return (string)context.Load(compiled).GetType("Use")!.GetMethod("Run")!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
    }

    /// <summary>Spans of the source while it ran: name, kind, and the tags that a recipe gives.</summary>
    public IReadOnlyList<string> Spans(string source, Func<RecipeRun, string> run, out string said)
    {
        using var recorder = new SpanRecorder(source);
        using var own = new Activity("test").Start();
        said = run(this);
        return [.. recorder.Spans.Where(span => span.TraceId == own.TraceId).Select(Line)];
    }

    private static string Line(Activity span) => $"{span.DisplayName} {span.Kind}"
        + (span.Status == ActivityStatusCode.Error ? " !" : "")
        + string.Concat(span.TagObjects.Where(tag => tag.Key is not "code.function.name" and not "error.type").Select(tag => $" {tag.Key}={tag.Value}"));
}
