using Documentation.Tests.Markdown;
using TestPeers;

namespace Documentation.Tests.Samples;

/// <summary>Whatever C# a reader copies out of a page compiles as it stands.</summary>
public class SampleTests
{
    private const string NotCompiled = "no-compile";

    public static TheoryData<string, int> Samples
    {
        get
        {
            var samples = new TheoryData<string, int>();
            foreach (var page in MarkdownFile.All)
                foreach (var block in page.Blocks.Where(block => block.Language == "csharp")) samples.Add(page.Name, block.Line);
            return samples;
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_in_a_page_compiles(string page, int line)
    {
        var block = MarkdownFile.Named(page).Blocks.Single(block => block.Line == line);
        if (block.Info.Split(' ').Contains(NotCompiled))
        {
            Assert.True(block.LineBefore.StartsWith("<!--", StringComparison.Ordinal), $"{page}:{line} is marked {NotCompiled}: say why in a comment on the line before it.");
            return;
        }
        var faults = SampleCompiler.Faults(page, line, block.Text);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void C_sharp_hides_under_no_other_name() =>
        Assert.Empty(MarkdownFile.All.SelectMany(page => page.Blocks.Where(block => block.Language is "cs" or "c#" or "C#").Select(block => $"{page}:{block.Line}")));

    [Fact]
    public void Every_package_shows_a_sample() =>
        Assert.All(MarkdownFile.All.Where(page => page.Name.StartsWith("src/", StringComparison.Ordinal) && IsOfPackage(page)), page => Assert.Contains(page.Blocks, block => block.Language == "csharp"));

    /// <summary>What is deployed as an image or run as a tool has no code to write against.</summary>
    private static bool IsOfPackage(MarkdownFile page) =>
        !Directory.GetFiles(Repository.File(Path.GetDirectoryName(page.Name)!), "*.csproj").Select(File.ReadAllText)
            .Any(project => project.Contains("<IsPackable>false", StringComparison.Ordinal) || project.Contains("<PackAsTool>true", StringComparison.Ordinal));

    [Fact]
    public void The_compiler_of_this_test_finds_what_is_wrong()
    {
        var fault = Assert.Single(SampleCompiler.Faults("page.md", 10, "using Microsoft.Extensions.DependencyInjection;\nnew ServiceCollection().AddObservabilty();"));
        Assert.StartsWith("page.md:11: CS1061", fault, StringComparison.Ordinal);
    }
}
