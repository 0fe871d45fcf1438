using Observability.AutoInstrumentation.Tests.Apps;

namespace Observability.AutoInstrumentation.Tests.Harmless;

/// <summary>Whatever is wrong with the payload: one line with an id on stderr, and the application runs.</summary>
public class BrokenPayloadTests
{
    public static TheoryData<string, string> Faults => new()
    {
        { "no list", "OBS6002" },
        { "no folder", "OBS6002" },
        { "no agent", "OBS6002" },
        { "cut short", "OBS6002" },
        { "another processor's", "OBS6004" },
        { "rubbish", "OBS6004" },
        { "open to all", "OBS6003" },
        { "rubbish in a folder open to all", "OBS6003" },
    };

    [SkippableTheory]
    [MemberData(nameof(Faults))]
    public void A_broken_payload_is_one_line_and_the_application_runs(string fault, string id)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the payload's machine code is for Linux");
        var payload = PackedPayload.Copy();
        try
        {
            Break(payload.FullName, fault);
            var app = PublishedApp.Of("PlainConsole");
            var bare = HookedRun.Run(app.Program, ["exit=5"], Sameness.Bare);
            var hooked = HookedRun.Run(app.Program, ["exit=5"], HookedRun.Hooked(PackedPayload.HookIn(payload.FullName)));
            Sameness.Check(bare, hooked);
            Assert.StartsWith(id + ": ", Assert.Single(hooked.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        }
        finally
        {
            payload.Delete(recursive: true);
        }
    }

    private static void Break(string root, string fault)
    {
        var agent = Path.Combine(root, "linux-x64", "agent");
        var library = Path.Combine(agent, "OpenTelemetry.dll");
        switch (fault)
        {
            case "no list":
                File.Delete(Path.Combine(root, "payload.txt"));
                break;
            case "no folder":
                Directory.Delete(Path.Combine(root, "linux-x64", "bridge"), recursive: true);
                break;
            case "no agent":
                File.Delete(Path.Combine(agent, "Observability.dll"));
                break;
            case "cut short":
                using (var file = File.OpenWrite(library)) file.SetLength(file.Length / 2);
                break;
            case "another processor's":
                Overwrite(BridgeIn(root), MakeForeign);
                break;
            case "rubbish":
                Overwrite(library, static bytes => Array.Clear(bytes));
                break;
            case "open to all":
                OpenToAll(library);
                break;
            case "rubbish in a folder open to all":
                Overwrite(BridgeIn(root), static bytes => Array.Clear(bytes));
                OpenToAll(Path.Combine(root, "linux-x64"));
                break;
        }
    }

    private static string BridgeIn(string root) => Path.Combine(root, "linux-x64", "bridge", "Observability.AutoInstrumentation.Bridge.dll");

    private static void OpenToAll(string path)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.OtherWrite);
    }

    private static void Overwrite(string path, Action<byte[]> change)
    {
        var bytes = File.ReadAllBytes(path);
        change(bytes);
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Writes another machine into the PE header: two bytes after the signature.</summary>
    private static void MakeForeign(byte[] image)
    {
        var header = BitConverter.ToInt32(image, 0x3c) + 4;
        BitConverter.TryWriteBytes(image.AsSpan(header, 2), (ushort)(0xAA64 ^ 0x7B79));
    }
}
