namespace Observability.Weaver.Tests.Shapes;

/// <summary>
/// One file under Cases: C# whose <c>Subject.Run()</c> says what it saw, and in lines that begin with <c>//: </c> the spans that
/// are expected, in the order in which they end. Every method named <c>W…</c> is woven, whatever kind of member it is.
/// </summary>
internal sealed record ShapeCase(string Name, string Source, IReadOnlyList<string> Spans)
{
    private const string Mark = "//: ";

    public static IEnumerable<string> Names =>
        Directory.GetFiles(Folder, "*.cs").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    public static ShapeCase Named(string name)
    {
        var source = File.ReadAllText(Path.Combine(Folder, name + ".cs"));
        return new ShapeCase(name, source, [.. source.Split('\n').Where(line => line.StartsWith(Mark, StringComparison.Ordinal)).Select(line => line[Mark.Length..].TrimEnd())]);
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Shapes", "Cases");
}
