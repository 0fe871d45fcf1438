using Observability.Ebpf.Agent.Loading;

namespace Observability.Ebpf.Agent;

/// <summary>Says what this machine allows, program by program. Changes nothing: what it loads is gone when it ends.</summary>
internal static class Doctor
{
    /// <summary>0 when every program runs, 1 when some do, 2 when none can.</summary>
    public static int Examine(string pins, TextWriter output)
    {
        output.WriteLine($"kernel      {Environment.OSVersion.VersionString}");
        output.WriteLine($"types       {(File.Exists(KernelTypes.Path) ? KernelTypes.Path : "missing: the kernel was built without CONFIG_DEBUG_INFO_BTF; no program can be fitted to it")}");
        output.WriteLine($"pins        {PinsOf(pins)}");
        output.WriteLine($"applications {UnprivilegedUse()}");
        try
        {
            using var programs = KernelPrograms.Load((_, _) => null);
            foreach (var program in programs.Programs)
                output.WriteLine($"{(program.Failure is null ? "yes" : "NO ")}  {program.Name,-18} {program.Tracepoint,-22} {Purpose(program.Name)}{(program.Failure is null ? "" : ": " + program.Failure)}");
            return programs.Programs.All(program => program.Failure is null) ? 0 : programs.Programs.Any(program => program.Failure is null) ? 1 : 2;
        }
        catch (Exception exception) when (exception is KernelRefusalException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            output.WriteLine($"NO   nothing can be loaded: {exception.Message}");
            return 2;
        }
    }

    private static string PinsOf(string pins)
    {
        const string BpfFileSystem = " bpf ";
        var mounted = File.ReadLines("/proc/self/mounts").Where(line => line.Contains(BpfFileSystem, StringComparison.Ordinal)).Select(line => line.Split(' ')[1]);
        var home = mounted.FirstOrDefault(mount => pins.StartsWith(mount, StringComparison.Ordinal));
        return home is null ? $"{pins}: no file system for BPF is mounted there; mount -t bpf bpf /sys/fs/bpf" : $"{pins}, on {home}";
    }

    private static string UnprivilegedUse() =>
        Environment.OSVersion.Version >= new Version(5, 19) ? "may use pinned maps without privileges (Linux 5.19 or later)" : "need CAP_BPF to use pinned maps before Linux 5.19, or kernel.unprivileged_bpf_disabled=0";

    private static string Purpose(string program) => program switch
    {
        "on_retransmit" => "segments sent again, byte-exact",
        "on_state" => "connect latency, refusals, closed slots",
        "on_reset_received" or "on_reset_sent" => "resets",
        "on_socket_error" => "timeouts and other errors of sockets",
        "on_segment" => "round-trip times (--rtt)",
        "on_drop" or "on_drop_before_6_11" => "dropped packets (--drops)",
        "on_send" => "sockets by the thread that sends (--threads)",
        _ => "waits for a processor (--runqueue)",
    };
}
