using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using Microsoft.CodeAnalysis;
using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Sameness;

public class StrongNameTests
{
    private const string Source = "public static class Subject { public static string Run() => \"signed\"; }";

    [Fact]
    public void With_the_key_the_woven_assembly_is_signed_anew()
    {
        var key = NewKey();
        var compiled = Signed(key);
        var woven = WovenAssembly.Of(compiled, new WeaveOptions { Rules = [new WeaveRule()], StrongNameKey = key });
        Assert.DoesNotContain(woven.Report.Diagnostics, diagnostic => diagnostic.Id == "OBS7009");
        Assert.Equal(PublicKey(compiled.Image), PublicKey(woven.Image));
        Assert.True(IsFlaggedSigned(woven.Image));
        Assert.Contains(Signature(woven.Image), part => part != 0);
        using var loaded = new LoadedAssembly(woven);
        Assert.Equal("signed", loaded.Run());
    }

    [Fact]
    public void Without_the_key_the_name_stays_and_the_loss_is_told()
    {
        var compiled = Signed(NewKey());
        var woven = WovenAssembly.Weave(compiled, new WeaveRule());
        Assert.Contains(woven.Report.Diagnostics, diagnostic => diagnostic.Id == "OBS7009");
        Assert.Equal(PublicKey(compiled.Image), PublicKey(woven.Image));
        Assert.False(IsFlaggedSigned(woven.Image));
        using var loaded = new LoadedAssembly(woven);
        Assert.Equal("signed", loaded.Run());
    }

    private static CompiledAssembly Signed(byte[] key)
    {
        var file = Path.GetTempFileName();
        File.WriteAllBytes(file, key);
        try
        {
            return CompiledAssembly.From(Source, configure: options => options.WithCryptoKeyFile(file).WithStrongNameProvider(new DesktopStrongNameProvider()));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static byte[] NewKey()
    {
        using var rsa = new RSACryptoServiceProvider(2048);
        return rsa.ExportCspBlob(includePrivateParameters: true);
    }

    private static byte[] PublicKey(byte[] image)
    {
        using var reader = new PEReader(new MemoryStream(image));
        var metadata = reader.GetMetadataReader();
        return metadata.GetBlobBytes(metadata.GetAssemblyDefinition().PublicKey);
    }

    private static bool IsFlaggedSigned(byte[] image)
    {
        using var reader = new PEReader(new MemoryStream(image));
        return (reader.PEHeaders.CorHeader!.Flags & CorFlags.StrongNameSigned) != 0;
    }

    private static byte[] Signature(byte[] image)
    {
        using var reader = new PEReader(new MemoryStream(image));
        var directory = reader.PEHeaders.CorHeader!.StrongNameSignatureDirectory;
        return reader.GetSectionData(directory.RelativeVirtualAddress).GetContent(0, directory.Size).ToArray();
    }
}
