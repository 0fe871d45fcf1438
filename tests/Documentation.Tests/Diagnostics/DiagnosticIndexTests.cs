using Documentation.Tests.Markdown;

namespace Documentation.Tests.Diagnostics;

/// <summary>
/// The table of diagnostics names every page with the page's own title. OBSERVABILITY_ACCEPT_DOCS=1 writes the table anew from the pages.
/// </summary>
public class DiagnosticIndexTests
{
    private const string Folder = "docs/diagnostics/";
    private const string FirstCell = "| [OBS";

    private static readonly MarkdownFile Index = MarkdownFile.Named(Folder + "README.md");

    [Fact]
    public void The_index_has_one_row_for_each_page_with_the_pages_title()
    {
        var rows = Pages().Select(page => Row(page.Lines[0][2..].Split(": ", 2))).Order(StringComparer.Ordinal).ToList();
        if (Environment.GetEnvironmentVariable("OBSERVABILITY_ACCEPT_DOCS") == "1")
            File.WriteAllLines(Index.FullPath, Index.Lines.Where(line => !IsRow(line)).Concat(rows));
        Assert.Equal(rows, File.ReadLines(Index.FullPath).Where(IsRow));
    }

    [Fact]
    public void A_page_is_named_as_its_id() =>
        Assert.All(Pages(), page => Assert.StartsWith($"# {Path.GetFileNameWithoutExtension(page.Name)}: ", page.Lines[0], StringComparison.Ordinal));

    private static IEnumerable<MarkdownFile> Pages() =>
        MarkdownFile.All.Where(page => page.Name.StartsWith(Folder, StringComparison.Ordinal) && page.Name != Index.Name);

    private static bool IsRow(string line) => line.StartsWith(FirstCell, StringComparison.Ordinal);

    private static string Row(string[] title) => $"| [{title[0]}]({title[0]}.md) | {title[1]} |";
}
