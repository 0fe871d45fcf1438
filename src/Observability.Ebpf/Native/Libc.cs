using System.Runtime.InteropServices;

namespace Observability.Ebpf.Native;

/// <summary>The system calls that read a socket. Linux only; nothing here is called elsewhere.</summary>
internal static unsafe partial class Libc
{
    public const int SocketLevel = 1;
    public const int TcpLevel = 6;
    public const int ProtocolOption = 38;
    public const int CookieOption = 57;
    public const int TcpInfoOption = 11;

    // None of these blocks: the transition to preemptive mode would cost as much as the call.
    [LibraryImport("libc", EntryPoint = "getsockopt")]
    [SuppressGCTransition]
    public static partial int GetSocketOption(int descriptor, int level, int option, void* value, int* length);

    [LibraryImport("libc", EntryPoint = "getsockname")]
    [SuppressGCTransition]
    public static partial int GetSocketName(int descriptor, byte* address, int* length);

    [LibraryImport("libc", EntryPoint = "getpeername")]
    [SuppressGCTransition]
    public static partial int GetPeerName(int descriptor, byte* address, int* length);
}
