using Observability.Weaver.Startup.Process;

namespace Observability.Weaver.Startup.Tests.Process;

public class PlatformListTests
{
    [Fact]
    public void What_comes_from_the_cache_stands_for_the_applications_own_file()
    {
        var folder = Directory.CreateTempSubdirectory("application").FullName + Path.DirectorySeparatorChar;
        File.WriteAllText(folder + "Shop.dll", "");
        var list = new PlatformList($"/cache/key/store/Shop.dll{Path.PathSeparator}/shared/System.Runtime.dll", folder);
        Assert.Equal([folder + "Shop.dll", "/shared/System.Runtime.dll"], list.Files("/cache"));
        Assert.True(list.Comes("Shop", "/cache/key"));
        Assert.False(list.Comes("Shop", "/cache/ke", "/elsewhere"));
        Assert.False(list.Comes("hop", "/cache/key"));
        Assert.False(list.IsOwnRuntime);
    }

    [Fact]
    public void Else_it_stands_for_the_one_of_a_framework()
    {
        var folder = Directory.CreateTempSubdirectory("shared");
        try
        {
            var shared = folder.FullName + Path.DirectorySeparatorChar;
            File.WriteAllText(shared + "Logging.dll", "");
            var list = new PlatformList(string.Join(Path.PathSeparator, "/cache/key/store/Logging.dll", "/elsewhere/Other.dll", shared + "Hosting.dll"), "/app/");
            Assert.Equal([shared + "Logging.dll", "/elsewhere/Other.dll", shared + "Hosting.dll"], list.Files("/cache"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_runtime_beside_the_application_is_its_own() =>
        Assert.True(new PlatformList("/app/System.Private.CoreLib.dll", "/app/").IsOwnRuntime);
}
