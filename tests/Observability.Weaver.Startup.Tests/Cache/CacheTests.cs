using Observability.Weaver.Startup.Cache;
using Observability.Weaver.Startup.Process;
using Observability.Weaver.Startup.Settings;

namespace Observability.Weaver.Startup.Tests.Cache;

#pragma warning disable CA1416 // Every test of this class says first that it is for Linux.
public sealed class CacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cache").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void A_folder_of_its_users_own_is_made_and_trusted()
    {
        LinuxOnly();
        var root = Path.Combine(_folder, "root");
        Assert.Null(CacheRoot.Fault(root));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(root) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite));
        Assert.Null(CacheRoot.Fault(root));
    }

    [SkippableTheory]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void A_folder_that_others_may_write_to_or_rename_is_not_trusted(UnixFileMode others)
    {
        LinuxOnly();
        var root = Path.Combine(_folder, "root");
        Directory.CreateDirectory(root);
        File.SetUnixFileMode(root, File.GetUnixFileMode(root) | others);
        Assert.StartsWith("OBS7014: ", CacheRoot.Fault(root), StringComparison.Ordinal);

        var below = Path.Combine(root, "below");
        Directory.CreateDirectory(below, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Contains("rename", CacheRoot.Fault(below), StringComparison.Ordinal);
        File.SetUnixFileMode(root, File.GetUnixFileMode(root) | UnixFileMode.StickyBit);
        Assert.Null(CacheRoot.Fault(below));
    }

    [SkippableFact]
    public void A_link_is_judged_by_what_it_leads_to_and_a_file_is_no_folder()
    {
        LinuxOnly();
        var open = Directory.CreateDirectory(Path.Combine(_folder, "open")).FullName;
        File.SetUnixFileMode(open, File.GetUnixFileMode(open) | UnixFileMode.OtherWrite);
        File.CreateSymbolicLink(Path.Combine(_folder, "link"), open);
        Assert.StartsWith("OBS7014: ", CacheRoot.Fault(Path.Combine(_folder, "link")), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "file"), "");
        Assert.StartsWith("OBS7014: ", CacheRoot.Fault(Path.Combine(_folder, "file")), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_key_changes_with_the_rules_and_with_a_file_and_with_nothing_else()
    {
        LinuxOnly();
        var file = Path.Combine(_folder, "Shop.dll");
        File.WriteAllText(file, "one");
        string Key(string rules) => CacheKey.Of(new WeaveSettings { Rules = rules, CacheFolder = "/cache" }, new PlatformList(file, _folder + Path.DirectorySeparatorChar));
        var key = Key("a");
        Assert.Equal(key, Key("a"));
        Assert.NotEqual(key, Key("b"));
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddSeconds(1));
        Assert.NotEqual(key, Key("a"));
    }

    [Fact]
    public void An_entry_is_whole_while_every_file_of_its_list_is_there()
    {
        var entry = new CacheEntry(Path.Combine(_folder, "key"));
        Assert.False(entry.Exists);
        var file = Written(entry);

        var read = new CacheEntry(entry.Folder);
        Assert.True(read.Exists);
        Assert.Equal(["Shop"], read.Assemblies);
        File.Delete(file);
        Assert.False(read.Exists);
        Assert.True(read.IsListed);
    }

    [Theory]
    [InlineData("Shop.dll", "")]
    [InlineData("woven.deps.json", "")]
    [InlineData("woven.txt", "")]
    [InlineData("woven.txt", "2\n")]
    [InlineData("woven.txt", "1\n4 woven.deps.json")]
    public void An_entry_whose_files_are_not_as_they_were_written_is_none(string name, string content)
    {
        var entry = new CacheEntry(Path.Combine(_folder, "key"));
        Written(entry);
        Assert.True(new CacheEntry(entry.Folder).Exists);
        File.WriteAllText(Directory.GetFiles(entry.Folder, name, SearchOption.AllDirectories).Single(), content);
        Assert.False(new CacheEntry(entry.Folder).Exists);
    }

    [SkippableFact]
    public void Code_that_others_may_write_to_is_woven_anew()
    {
        LinuxOnly();
        var entry = new CacheEntry(Path.Combine(_folder, "key"));
        var file = Written(entry);
        File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.OtherWrite);
        Assert.False(new CacheEntry(entry.Folder).Exists);
    }

    [SkippableFact]
    public void The_key_changes_with_a_build_of_the_same_size_and_time()
    {
        LinuxOnly();
        var file = Path.Combine(_folder, "Shop.dll");
        File.Copy(typeof(CacheTests).Assembly.Location, file);
        string Key() => CacheKey.Of(new WeaveSettings { Rules = "a", CacheFolder = "/cache" }, new PlatformList(file, _folder + Path.DirectorySeparatorChar));
        var (key, time) = (Key(), File.GetLastWriteTimeUtc(file));
        var image = File.ReadAllBytes(file);
        image[BitConverter.ToInt32(image, 0x3C) + 8] ^= 1;
        File.WriteAllBytes(file, image);
        File.SetLastWriteTimeUtc(file, time);
        Assert.NotEqual(key, Key());
    }

    [SkippableFact]
    public void Of_old_entries_the_newest_and_those_in_use_stay()
    {
        LinuxOnly();
        for (var i = 0; i < 7; i++)
        {
            var entry = Directory.CreateDirectory(Path.Combine(_folder, $"{i:x16}"));
            File.WriteAllText(Path.Combine(entry.FullName, "woven.txt"), "");
        }
        Directory.CreateDirectory(Path.Combine(_folder, "of somebody else"));
        var held = new CacheEntry(Path.Combine(_folder, $"{0:x16}"));
        held.Hold();
        OldEntries.CleanUp(_folder, new CacheEntry(Path.Combine(_folder, "coming")));
        Assert.True(Directory.Exists(Path.Combine(_folder, "of somebody else")));
        Assert.True(Directory.Exists(held.Folder));
        Assert.InRange(Directory.GetDirectories(_folder, "0*").Length, 4, 5);
    }

    [SkippableFact]
    public void The_link_follows_the_entry()
    {
        LinuxOnly();
        foreach (var name in new[] { "one", "two", "two" })
        {
            CurrentLink.Set(_folder, new CacheEntry(Path.Combine(_folder, name)));
            Assert.Equal(name, new FileInfo(CurrentLink.In(_folder)).LinkTarget);
        }
        Assert.Single(Directory.GetFileSystemEntries(_folder));
    }

    private static string Written(CacheEntry entry)
    {
        var file = entry.FileOf("Shop");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "code");
        File.WriteAllText(entry.Deps, "{}");
        entry.WriteList(["Shop"]);
        return file;
    }

    private static void LinuxOnly() => Skip.IfNot(OperatingSystem.IsLinux(), "only Linux can replace a running process");
}
