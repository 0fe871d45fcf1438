namespace Observability.Weaver.Tests.Weaving;

/// <summary>What the weaver made of an assembly.</summary>
internal sealed record WovenAssembly(string Name, byte[] Image, byte[]? Symbols, WeaveReport Report)
{
    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    public static WovenAssembly Of(CompiledAssembly input, params WeaveRule[] rules) => Of(input, new WeaveOptions { Rules = rules });

    public static WovenAssembly Of(CompiledAssembly input, WeaveOptions options)
    {
        var weaver = new AssemblyWeaver(new WeaveOptions { Rules = options.Rules, References = [Framework, AppContext.BaseDirectory, .. options.References], StrongNameKey = options.StrongNameKey });
        using var output = new MemoryStream();
        using var symbols = new MemoryStream();
        var report = weaver.Weave(input.Name, new MemoryStream(input.Image), input.Symbols is null ? null : new MemoryStream(input.Symbols), output, symbols);
        return new WovenAssembly(input.Name, output.ToArray(), symbols.Length == 0 ? null : symbols.ToArray(), report);
    }

    /// <summary>Weaves, and fails with the report's words unless something was woven.</summary>
    public static WovenAssembly Weave(CompiledAssembly input, params WeaveRule[] rules)
    {
        var woven = Of(input, rules);
        Assert.True(woven.Report.Outcome == WeaveOutcome.Woven, $"{woven.Report.Outcome}\n{string.Join('\n', woven.Report.Diagnostics)}");
        return woven;
    }
}
