namespace Observability.Weaver.Tests.Files;

/// <summary>What paths on a command line mean.</summary>
public sealed class AssemblyFilesTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("observability-paths-").FullName;

    [Fact]
    public void Of_a_folder_its_code_is_meant_without_resources_and_references()
    {
        var code = Made("app", "Shop.dll");
        var below = Made("app", "plugins", "Plugin.dll");
        Made("app", "de", "Shop.resources.dll");
        Made("app", "ref", "Shop.dll");
        Made("app", "Shop.pdb");
        Assert.Equal([code, below], AssemblyFiles.Under([Named("app"), code]));
    }

    [SkippableFact]
    public void Links_inside_a_folder_are_not_followed()
    {
        Skip.If(OperatingSystem.IsWindows(), "making links takes rights there");
        var code = Made("app", "Shop.dll");
        Made("elsewhere", "Other.dll");
        Directory.CreateSymbolicLink(Named("app", "loop"), Named("app"));
        Directory.CreateSymbolicLink(Named("app", "out"), Named("elsewhere"));
        File.CreateSymbolicLink(Named("app", "Other.dll"), Named("elsewhere", "Other.dll"));
        File.CreateSymbolicLink(Named("app", "Gone.dll"), Named("nowhere"));
        File.CreateSymbolicLink(Named("app", "Own.dll"), Named("app", "Own.dll"));
        Assert.Equal([code], AssemblyFiles.Under([Named("app")]));
    }

    [SkippableFact]
    public void A_link_that_is_named_itself_is_followed()
    {
        Skip.If(OperatingSystem.IsWindows(), "making links takes rights there");
        Made("app", "Shop.dll");
        Directory.CreateSymbolicLink(Named("current"), Named("app"));
        File.CreateSymbolicLink(Named("Link.dll"), Named("app", "Shop.dll"));
        Assert.Equal([Named("current", "Shop.dll"), Named("Link.dll")], AssemblyFiles.Under([Named("current"), Named("Link.dll")]));
    }

    [SkippableFact]
    public void A_named_link_to_nothing_is_told_as_that()
    {
        Skip.If(OperatingSystem.IsWindows(), "making links takes rights there");
        File.CreateSymbolicLink(Named("Gone.dll"), Named("nowhere"));
        var fault = Assert.Throws<FileNotFoundException>(() => AssemblyFiles.Under([Named("Gone.dll")]));
        Assert.Contains("a link to nothing", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private string Named(params string[] parts) => Path.Combine([_home, .. parts]);

    private string Made(params string[] parts)
    {
        var path = Named(parts);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
        return path;
    }
}
