using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Observability.Benchmarks;

/// <summary>What a suite found: said on the terminal and kept under benchmarks/results with the machine and the commit.</summary>
internal sealed class Report(string suite, bool quick)
{
    private readonly StringBuilder _text = new();
    private readonly List<string> _goals = [];

    public void Line(string text = "")
    {
        Console.WriteLine(text);
        _text.AppendLine(text);
    }

    /// <summary>States a target: <c>goal NAME VALUE UNIT OP TARGET met|missed</c>. Goals are the report's last lines.</summary>
    public void Goal(string name, double value, string unit, string op, double target)
    {
        var met = op switch
        {
            "<=" => value <= target,
            ">=" => value >= target,
            "==" => value == target,
            _ => throw new ArgumentException("A goal compares by <=, >= or ==.", nameof(op)),
        };
        _goals.Add(string.Create(CultureInfo.InvariantCulture, $"goal {name} {value:0.####} {unit} {op} {target:0.####} {(met ? "met" : "missed")}"));
    }

    public void Close()
    {
        Line();
        foreach (var goal in _goals) Line(goal);
        var folder = Path.Combine(Root(), "benchmarks", "results");
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, suite + (quick ? ".quick" : "") + ".txt");
        File.WriteAllText(file, Heading() + _text);
        Console.Error.WriteLine("kept in " + Path.GetRelativePath(Directory.GetCurrentDirectory(), file));
    }

    private string Heading() => string.Join('\n',
        $"suite    {suite}{(quick ? " (quick)" : "")}",
        $"command  dotnet run -c Release --project benchmarks/Observability.Benchmarks -- {suite}{(quick ? " --quick" : "")}",
        $"date     {DateTime.UtcNow:yyyy-MM-dd}",
        $"commit   {Say("git", "describe --always --dirty --abbrev=12")}",
        $"machine  {Processor()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, {RuntimeInformation.OSDescription}",
        $"runtime  {RuntimeInformation.FrameworkDescription}", "", "");

    private static string Processor() =>
        !File.Exists("/proc/cpuinfo") ? RuntimeInformation.ProcessArchitecture.ToString()
        : File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown";

    private static string Say(string program, string arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, WorkingDirectory = Root() })!;
            return process.StandardOutput.ReadToEnd().Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }

    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Instrumentation.sln"))) folder = folder.Parent;
        return folder?.FullName ?? Directory.GetCurrentDirectory();
    }
}
