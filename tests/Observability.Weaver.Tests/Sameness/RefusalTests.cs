using Observability.Weaver.Tests.Weaving;
using TestPeers;

namespace Observability.Weaver.Tests.Sameness;

/// <summary>What is not for weaving is left as it was, with a word about why.</summary>
public class RefusalTests
{
    private static readonly WeaveRule Everything = new() { Members = WeaveMembers.All };

    public static TheoryData<string> FrameworkFiles => [.. Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll")
        .Select(path => Path.GetFileName(path)!)
        .Where(name => name is "System.Private.CoreLib.dll" or "System.Runtime.dll" or "netstandard.dll" or "mscorlib.dll" or "System.Diagnostics.DiagnosticSource.dll" or "System.Linq.dll" or "System.Text.Json.dll" or "Microsoft.CSharp.dll")];

    [Theory]
    [MemberData(nameof(FrameworkFiles))]
    public void The_framework_below_woven_code_is_refused(string file)
    {
        var path = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, file);
        var refused = WovenAssembly.Of(new CompiledAssembly(file, File.ReadAllBytes(path), null), Everything);
        Assert.Equal(WeaveOutcome.Refused, refused.Report.Outcome);
        Assert.Equal("OBS7001", Assert.Single(refused.Report.Diagnostics).Id);
        Assert.Empty(refused.Image);
    }

    [Theory]
    [InlineData("OpenTelemetry")]
    [InlineData("OpenTelemetry.Exporter.")]
    public void Those_who_listen_to_spans_are_refused(string prefix)
    {
        var refused = WovenAssembly.Of(CompiledAssembly.From("public static class Subject { public static void Run() { } }", prefix: prefix.TrimEnd('.') + "."), Everything);
        Assert.Equal(WeaveOutcome.Refused, refused.Report.Outcome);
        Assert.False(Assert.Single(refused.Report.Diagnostics).IsWarning);
    }

    [Fact]
    public void Every_assembly_of_the_product_is_refused()
    {
        var projects = Directory.GetFiles(Repository.File("src"), "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path)!).ToList();
        Assert.Contains("Observability", projects);
        Assert.All(projects, name => Assert.Equal(WeaveOutcome.Refused, WovenAssembly.Of(CompiledAssembly.From("public static class Subject { public static void Run() { } }", prefix: name + "!"), Everything).Report.Outcome));
    }

    [Theory]
    [InlineData("Observability.Shop!")]
    [InlineData("Observability.Logging.Shop!")]
    public void An_application_whose_name_begins_as_the_products_do_is_woven(string name) =>
        WovenAssembly.Weave(CompiledAssembly.From("public static class Subject { public static void Run() { } }", prefix: name), Everything);

    [Fact]
    public void A_refused_assembly_that_asks_for_spans_is_a_warning()
    {
        var refused = WovenAssembly.Of(CompiledAssembly.From("public static class Subject { [Observability.Traced] public static void Run() { } }", prefix: "OpenTelemetry."));
        Assert.True(Assert.Single(refused.Report.Diagnostics).IsWarning);
    }

    [Fact]
    public void What_is_no_assembly_is_refused()
    {
        var refused = WovenAssembly.Of(new CompiledAssembly("native", [0x7F, (byte)'E', (byte)'L', (byte)'F', .. new byte[200]], null), Everything);
        Assert.Equal(WeaveOutcome.Refused, refused.Report.Outcome);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(30)]
    public void A_truncated_assembly_is_left_as_it_was(int percent)
    {
        var compiled = CompiledAssembly.From("public static class Subject { public static string Run() => \"text\"; }");
        var truncated = WovenAssembly.Of(compiled with { Image = compiled.Image[..(compiled.Image.Length * percent / 100)], Symbols = null }, Everything);
        Assert.NotEqual(WeaveOutcome.Woven, truncated.Report.Outcome);
        Assert.Empty(truncated.Image);
    }

    [Fact]
    public void A_body_that_claims_to_be_longer_than_its_image_is_left_as_it_was()
    {
        var compiled = CompiledAssembly.From("public static class Subject { public static string Run() { try { return System.Environment.NewLine; } finally { System.GC.KeepAlive(1); } } }");
        using var reader = new System.Reflection.PortableExecutable.PEReader(new MemoryStream(compiled.Image));
        var metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(reader);
        var method = metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Single(method => metadata.GetString(method.Name) == "Run");
        var section = reader.PEHeaders.SectionHeaders[reader.PEHeaders.GetContainingSectionIndex(method.RelativeVirtualAddress)];
        var damaged = compiled.Image.ToArray();
        // The size of the code is the second word of a header of three.
        BitConverter.TryWriteBytes(damaged.AsSpan(method.RelativeVirtualAddress - section.VirtualAddress + section.PointerToRawData + 4), int.MaxValue);
        var refused = WovenAssembly.Of(compiled with { Image = damaged }, Everything);
        Assert.NotEqual(WeaveOutcome.Woven, refused.Report.Outcome);
        Assert.Empty(refused.Image);
    }

    [Fact]
    public void Types_that_lie_within_each_other_are_left_as_they_were()
    {
        var compiled = CompiledAssembly.From("public class Outer { public class Inner { public class Innermost { } public static string Run() => \"ran\"; } }");
        using var reader = new System.Reflection.PortableExecutable.PEReader(new MemoryStream(compiled.Image));
        var metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(reader);
        var outer = metadata.TypeDefinitions.Single(type => metadata.GetString(metadata.GetTypeDefinition(type).Name) == "Outer");
        // Of Inner in Outer and Innermost in Inner, the second becomes Outer in Inner.
        var table = reader.PEHeaders.MetadataStartOffset + System.Reflection.Metadata.Ecma335.MetadataReaderExtensions.GetTableMetadataOffset(metadata, System.Reflection.Metadata.Ecma335.TableIndex.NestedClass);
        var damaged = compiled.Image.ToArray();
        BitConverter.TryWriteBytes(damaged.AsSpan(table + 4), (ushort)System.Reflection.Metadata.Ecma335.MetadataTokens.GetRowNumber(outer));
        var refused = WovenAssembly.Of(compiled with { Image = damaged, Symbols = null }, Everything);
        Assert.Equal(WeaveOutcome.Refused, refused.Report.Outcome);
        Assert.Empty(refused.Image);
    }

    [Fact]
    public void A_method_without_IL_is_reported_and_its_neighbours_are_woven()
    {
        var woven = WovenAssembly.Weave(CompiledAssembly.From("""
            using System.Runtime.InteropServices;
            public abstract class Subject
            {
                private int _number;
                [DllImport("libc")] private static extern int getpid();
                [System.Runtime.CompilerServices.UnsafeAccessor(System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = "_number")] private static extern ref int Number(Subject of);
                public abstract void Nothing();
                public static string Run() => "ran";
            }
            """), Everything);
        Assert.Equal(["Subject.getpid", "Subject.Number", "Subject.Nothing"], woven.Report.Diagnostics.Where(diagnostic => diagnostic.Id == "OBS7003").Select(diagnostic => diagnostic.Subject));
        Assert.Contains(woven.Report.Methods, method => method.SpanName == "Subject.Run");
    }
}
