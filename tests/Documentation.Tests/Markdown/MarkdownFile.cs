using System.Text.RegularExpressions;
using TestPeers;

namespace Documentation.Tests.Markdown;

/// <summary>One page of the repository, cut into what the tests ask about.</summary>
public sealed partial class MarkdownFile
{
    private static readonly string[] Generated = ["bin", "obj", "artifacts", "node_modules", ".git"];

    private MarkdownFile(string path)
    {
        FullPath = path;
        Lines = File.ReadAllLines(path);
        (Blocks, Prose) = Cut(Lines);
    }

    public string FullPath { get; }

    /// <summary>The path as it is written in links: from the root, with slashes.</summary>
    public string Name => System.IO.Path.GetRelativePath(Repository.Root, FullPath).Replace('\\', '/');

    public IReadOnlyList<string> Lines { get; }

    public IReadOnlyList<CodeBlock> Blocks { get; }

    /// <summary>The lines outside code blocks, with their numbers.</summary>
    public IReadOnlyList<(int Number, string Text)> Prose { get; }

    public static IReadOnlyList<MarkdownFile> All { get; } = [.. Find(new DirectoryInfo(Repository.Root)).Order(StringComparer.Ordinal).Select(path => new MarkdownFile(path))];

    public static MarkdownFile Named(string name) => All.SingleOrDefault(file => file.Name == name)
        ?? throw new FileNotFoundException($"The page {name} is missing.");

    /// <summary>The anchors that the page's headings make, as the usual renderers name them.</summary>
    public IEnumerable<string> Anchors() => Prose
        .Where(line => line.Text.StartsWith('#'))
        .Select(line => NotInAnchor().Replace(line.Text.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>The cells of every table row, without the rule below the heads.</summary>
    public IEnumerable<string[]> TableRows() => Prose
        .Select(line => line.Text.Trim())
        .Where(text => text.StartsWith('|') && text.EndsWith('|') && !text.StartsWith("|-", StringComparison.Ordinal))
        .Select(text => CellEdge().Split(text[1..^1]).Select(cell => cell.Trim()).ToArray());

    public override string ToString() => Name;

    private static IEnumerable<string> Find(DirectoryInfo folder) =>
        folder.EnumerateFiles("*.md").Select(file => file.FullName)
            .Concat(folder.EnumerateDirectories().Where(child => !Generated.Contains(child.Name)).SelectMany(Find));

    private static (List<CodeBlock> Blocks, List<(int, string)> Prose) Cut(IReadOnlyList<string> lines)
    {
        var blocks = new List<CodeBlock>();
        var prose = new List<(int, string)>();
        for (var i = 0; i < lines.Count; i++)
        {
            var text = lines[i].TrimStart();
            if (!text.StartsWith("```", StringComparison.Ordinal))
            {
                prose.Add((i + 1, lines[i]));
                continue;
            }
            var start = i + 1;
            for (i = start; i < lines.Count && !lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal); i++) { }
            blocks.Add(new CodeBlock(text[3..].Trim(), start + 1, string.Join('\n', lines.Take(i).Skip(start)), start < 2 ? "" : lines[start - 2]));
        }
        return (blocks, prose);
    }

    [GeneratedRegex(@"[^\p{L}\p{N}\-_ ]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex CellEdge();
}
