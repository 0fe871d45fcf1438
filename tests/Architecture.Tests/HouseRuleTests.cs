using System.Text.RegularExpressions;
using TestPeers;

namespace Architecture.Tests;

public partial class HouseRuleTests
{
    [Theory]
    [MemberData(nameof(ShippingProject.Names), MemberType = typeof(ShippingProject))]
    public void A_package_has_a_README_of_at_most_150_lines(string name)
    {
        var readme = Path.Combine(ShippingProject.Named(name).Folder, "README.md");
        Assert.True(File.Exists(readme), $"{readme} is missing.");
        Assert.InRange(File.ReadAllLines(readme).Length, 5, 150);
    }

    [Theory]
    [MemberData(nameof(ShippingProject.Names), MemberType = typeof(ShippingProject))]
    public void No_type_is_named_after_nothing_in_particular(string name)
    {
        var vague = ShippingProject.Named(name).Assembly.GetTypes()
            .Where(type => !type.IsNested && VagueName().IsMatch(type.Name))
            .Select(type => type.FullName);
        Assert.Empty(vague);
    }

    [Theory]
    [MemberData(nameof(ShippingProject.Names), MemberType = typeof(ShippingProject))]
    public void No_source_file_is_longer_than_300_lines(string name)
    {
        var root = Repository.Root;
        var tooLong = ShippingProject.Named(name).SourceFiles()
            .Where(file => File.ReadLines(file).Count() > 300)
            .Select(file => Path.GetRelativePath(root, file));
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Every_diagnostic_id_in_the_sources_has_its_page()
    {
        var ids = ShippingProject.All.SelectMany(project => project.SourceFiles())
            .SelectMany(file => DiagnosticId().Matches(File.ReadAllText(file)))
            .Select(match => match.Value)
            .Distinct();
        Assert.DoesNotContain(ids, id => !File.Exists(Repository.File("docs", "diagnostics", id + ".md")));
    }

    [GeneratedRegex("(Helpers?|Utils?|Utilities|Common|Manager|Base)$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"\bOBS\d{4}\b")]
    private static partial Regex DiagnosticId();
}
