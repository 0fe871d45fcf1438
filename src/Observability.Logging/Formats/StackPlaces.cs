using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Observability.Logging;

/// <summary>
/// The places in the compiled code that an exception passed, which tell its stack from any other: one address stands for one line of one method
/// for as long as the process lives. <see cref="StackTrace"/> takes microseconds and kilobytes to say the same, so they are read
/// from where the runtime keeps them; <see cref="AreConfirmed"/> compares what was read with what the public way says.
/// </summary>
internal static class StackPlaces
{
    /// <summary>Longest stack that is told from others.</summary>
    public const int Most = 128;

    // The runtime's StackTraceArray: a count, padding, the thread; then for each frame instruction pointer, stack pointer, method, flags.
    private const int Header = 16;
    private const int Frame = 32;
    private const int MethodAt = 16;
    private const int FlagsAt = 24;
    private const int LastBeforeRethrow = 1;

    /// <summary>Whether the runtime is one whose layout is known: CoreCLR 10, 64 bits.</summary>
    public static bool AreKnown { get; } = Environment.Version.Major == 10 && nint.Size == 8 && HasFields();

    /// <summary>Writes one number for each frame and returns how many; 0 when the stack is none that can be told from others by its places.</summary>
    public static int Read(Exception exception, Span<long> places)
    {
        // A stack that came with the exception from elsewhere stands in its text and in no frame.
        if (!AreKnown || RemoteText(exception) is not null) return 0;
        // Frames of code that can be unloaded come with an array of objects that keep it: their addresses may be another's later.
        if (Frames(exception) is not byte[] frames || frames.Length < Header) return 0;
        var count = (int)MemoryMarshal.Read<uint>(frames);
        if (count <= 0 || count > places.Length || Header + (count * Frame) > frames.Length) return 0;
        for (var i = 0; i < count; i++)
        {
            var frame = frames.AsSpan(Header + (i * Frame), Frame);
            // The text shows where an exception was thrown anew.
            places[i] = (MemoryMarshal.Read<long>(frame) << 1) | (uint)(MemoryMarshal.Read<int>(frame[FlagsAt..]) & LastBeforeRethrow);
        }
        return count;
    }

    /// <summary>Whether what was read names the frames that the public way names, and still stands there.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Methods are compared, not called or described.")]
    public static bool AreConfirmed(Exception exception, ReadOnlySpan<long> places)
    {
        var trace = new StackTrace(exception, fNeedFileInfo: false);
        if (trace.FrameCount != places.Length || Frames(exception) is not byte[] frames) return false;
        var starts = new Dictionary<MethodBase, long>();
        for (var i = 0; i < places.Length; i++)
        {
            if (trace.GetFrame(i) is not { } frame || frame.GetMethod() is not { } method) return false;
            var handle = MemoryMarshal.Read<long>(frames.AsSpan(Header + (i * Frame) + MethodAt));
            if (IsNamedByItsHandle(method) && handle != method.MethodHandle.Value) return false;
            if (IsCompiledOnce(starts, method, (places[i] >> 1) - frame.GetNativeOffset())) continue;
            return false;
        }
        Span<long> again = stackalloc long[Most];
        return places.SequenceEqual(again[..Read(exception, again)]);
    }

    /// <summary>Mono and native ahead-of-time compilation keep stacks in other fields.</summary>
    private static bool HasFields()
    {
        try
        {
            var exception = new InvalidOperationException();
            return Frames(exception) is null && RemoteText(exception) is null;
        }
        catch (MissingFieldException)
        {
            return false;
        }
    }

    /// <summary>Structures' and generic methods have more handles than one.</summary>
    private static bool IsNamedByItsHandle(MethodBase method) =>
        !method.IsGenericMethod && method.DeclaringType is { IsValueType: false, IsGenericType: false };

    /// <summary>Addresses less offsets are where the method's code begins, alike for all frames of a method unless it was compiled anew in between.</summary>
    private static bool IsCompiledOnce(Dictionary<MethodBase, long> starts, MethodBase method, long start) =>
        starts.TryAdd(method, start) || starts[method] == start;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_stackTrace")]
    private static extern ref object? Frames(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_remoteStackTraceString")]
    private static extern ref string? RemoteText(Exception exception);
}
