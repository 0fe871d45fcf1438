using System.Runtime.InteropServices;

namespace Observability.Weaver.Startup.Process;

/// <summary>What the C library of Linux does and .NET does not offer.</summary>
internal static unsafe class NativeCalls
{
    private const int CurrentFolder = -100;
    private const uint BasicStatistics = 0x7FF;
    private const int SizeOfStatistics = 256;

    /// <summary>Offset of the owner in <c>struct statx</c>, which is the same on every processor.</summary>
    private const int Owner = 20;

    /// <summary>Replaces this process; returns only when that failed, with the reason's number.</summary>
    public static int Execute(string path, byte[][] arguments, byte[][] environment)
    {
        using var memory = new NativeTexts();
        _ = execve(memory.Text(path), memory.List(arguments), memory.List(environment));
        return Marshal.GetLastSystemError();
    }

    public static uint EffectiveUser() => geteuid();

    /// <summary>Who owns a file or folder; null when nobody knows.</summary>
    public static uint? OwnerOf(string path)
    {
        using var memory = new NativeTexts();
        var statistics = stackalloc byte[SizeOfStatistics];
        return statx(CurrentFolder, memory.Text(path), 0, BasicStatistics, statistics) == 0 ? *(uint*)(statistics + Owner) : null;
    }

    /// <summary>Gives a link another name in one step, in place of what has that name.</summary>
    public static bool Rename(string from, string to)
    {
        using var memory = new NativeTexts();
        return rename(memory.Text(from), memory.Text(to)) == 0;
    }

    /// <summary>For children that native code starts: .NET keeps a copy of the environment for its own.</summary>
    public static void SetVariable(string name, string? value)
    {
        using var memory = new NativeTexts();
        _ = value is null ? unsetenv(memory.Text(name)) : setenv(memory.Text(name), memory.Text(value), 1);
    }

    [DllImport("libc")] private static extern int execve(byte* path, byte** arguments, byte** environment);
    [DllImport("libc")] private static extern uint geteuid();
    [DllImport("libc")] private static extern int statx(int folder, byte* path, int flags, uint mask, byte* statistics);
    [DllImport("libc")] private static extern int rename(byte* from, byte* to);
    [DllImport("libc")] private static extern int setenv(byte* name, byte* value, int overwrite);
    [DllImport("libc")] private static extern int unsetenv(byte* name);
}
