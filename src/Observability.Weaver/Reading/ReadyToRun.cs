using Mono.Cecil;

namespace Observability.Weaver.Reading;

/// <summary>
/// Images with native code beside their IL. Changed IL makes that code stale, so what is written is IL alone: the flag of a
/// precompiled library goes, and the machine loses the mark of the operating system that crossgen puts on it.
/// </summary>
internal static class ReadyToRun
{
    private const ModuleAttributes Library = (ModuleAttributes)4;
    private static readonly ushort[] Machines = [0x014C, 0x8664, 0xAA64, 0x01C4, 0x6264, 0x5064];

    /// <summary>Linux, Apple, FreeBSD, NetBSD, SunOS: the values that crossgen combines with the machine by exclusive or.</summary>
    private static readonly ushort[] Systems = [0x7B79, 0x4644, 0xADC4, 0x1993, 0x1992];

    public static bool Is(ModuleDefinition module) => (module.Attributes & Library) != 0;

    public static void MakeIL(ModuleDefinition module)
    {
        module.Attributes = (module.Attributes | ModuleAttributes.ILOnly) & ~(Library | ModuleAttributes.Required32Bit | ModuleAttributes.Preferred32Bit);
        // IL runs on every machine; AnyCPU says so.
        module.Architecture = TargetArchitecture.I386;
    }

    /// <summary>Whether the machine field names an operating system too.</summary>
    public static bool IsMarked(ModuleDefinition module) =>
        Array.Exists(Systems, system => Array.IndexOf(Machines, (ushort)((ushort)module.Architecture ^ system)) >= 0);
}
