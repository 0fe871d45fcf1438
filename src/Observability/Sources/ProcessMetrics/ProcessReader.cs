using System.Buffers.Text;
using System.Diagnostics;
using System.IO.Enumeration;

namespace Observability.Sources.ProcessMetrics;

/// <summary>Reads /proc/self where there is one, else asks <see cref="Process"/>.</summary>
internal sealed class ProcessReader(ProcFiles files)
{
    // proc(5), /proc/pid/stat, counted from the field after the command's closing parenthesis.
    private const int MinorFaultsField = 7;
    private const int MajorFaultsField = 9;
    private const int ThreadsField = 17;
    private const int StartField = 19;
    private const int VirtualField = 20;
    private const int ResidentPagesField = 21;

    /// <summary>Of the kernel's clock towards programs, USER_HZ, on every processor that .NET runs on.</summary>
    private const double TicksASecond = 100;

    private readonly string _stat = Path.Combine(files.Self, "stat");
    private readonly string _descriptors = Path.Combine(files.Self, "fd");

    public ProcessReading Read() => OperatingSystem.IsLinux() && FromProc() is { } reading ? reading : Portable();

    /// <summary>Open file descriptors; null where the platform does not list them.</summary>
    public long? Descriptors()
    {
        if (!Directory.Exists(_descriptors)) return null;
        try
        {
            // The transform makes no string of an entry, so that ten thousand sockets cost no megabyte a scrape; over references .NET's own code is compiled ahead.
            var entries = new FileSystemEnumerable<string?>(_descriptors, static (ref FileSystemEntry _) => null);
            long count = -1; // The folder itself is open while it is listed.
            foreach (var _ in entries) count++;
            return count;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A process that gave up its rights may not look at itself.
            return null;
        }
    }

    /// <summary>
    /// How long the process has been running; null where the kernel does not say, or says what cannot be. <see cref="Process"/> would say it too, at the price of
    /// its assembly in every application.
    /// </summary>
    public TimeSpan? Age()
    {
        Span<byte> buffer = stackalloc byte[64];
        Span<long> fields = stackalloc long[ResidentPagesField + 1];
        if (!Utf8Parser.TryParse(SmallFile.Read(files.Uptime, buffer), out double up, out _) || !TryReadStat(fields)) return null;
        var age = up - fields[StartField] / TicksASecond;
        return age >= 0 ? TimeSpan.FromSeconds(age) : null;
    }

    private ProcessReading? FromProc()
    {
        Span<long> fields = stackalloc long[ResidentPagesField + 1];
        if (!TryReadStat(fields)) return null;
        var resident = fields[ResidentPagesField] * Environment.SystemPageSize;
        return new ProcessReading(resident, fields[VirtualField], fields[ThreadsField], fields[MinorFaultsField], fields[MajorFaultsField]);
    }

    private bool TryReadStat(Span<long> fields)
    {
        Span<byte> buffer = stackalloc byte[1024];
        var stat = SmallFile.Read(_stat, buffer);
        var afterName = stat.LastIndexOf((byte)')');
        if (afterName < 0) return false;
        var rest = stat[(afterName + 1)..];
        var index = 0;
        foreach (var range in rest.Trim((byte)' ').Split((byte)' '))
        {
            if (index == fields.Length) break;
            fields[index++] = SmallFile.Number(rest.Trim((byte)' ')[range]) ?? 0;
        }
        return index == fields.Length;
    }

    private static ProcessReading Portable()
    {
        using var process = Process.GetCurrentProcess();
        return new ProcessReading(process.WorkingSet64, process.VirtualMemorySize64, process.Threads.Count);
    }
}
