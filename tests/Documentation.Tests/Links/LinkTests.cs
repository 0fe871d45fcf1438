using System.Text.RegularExpressions;
using Documentation.Tests.Markdown;

namespace Documentation.Tests.Links;

/// <summary>A link inside the repository leads somewhere.</summary>
public partial class LinkTests
{
    public static TheoryData<string> Pages => [.. MarkdownFile.All.Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_relative_link_resolves(string name)
    {
        var page = MarkdownFile.Named(name);
        var broken = page.Prose.SelectMany(line => Link().Matches(InlineCode().Replace(line.Text, "")).Select(match => (line.Number, Target: match.Groups[1].Value)))
            .Where(link => !Uri.TryCreate(link.Target, UriKind.Absolute, out _) && !Resolves(page, link.Target))
            .Select(link => $"{name}:{link.Number}: {link.Target}");
        Assert.Empty(broken);
    }

    private static bool Resolves(MarkdownFile page, string target)
    {
        var parts = target.Split('#', 2);
        var path = parts[0].Length == 0 ? page.FullPath : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page.FullPath)!, parts[0]));
        if (parts.Length == 1) return File.Exists(path) || Directory.Exists(path);
        return MarkdownFile.All.SingleOrDefault(file => file.FullPath == path) is { } other && other.Anchors().Contains(parts[1]);
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();
}
