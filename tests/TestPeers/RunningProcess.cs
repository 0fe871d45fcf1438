using System.Collections.Concurrent;
using System.Diagnostics;

namespace TestPeers;

/// <summary>A program that runs beside the test: a server, an application under test. Ended with the test.</summary>
public sealed class RunningProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _error = new();

    private RunningProcess(Process process) => _process = process;

    public int Id => _process.Id;
    public bool HasExited => _process.HasExited;
    public int ExitCode => _process.ExitCode;
    public IReadOnlyList<string> Output => [.. _output];
    public IReadOnlyList<string> Error => [.. _error];

    public static RunningProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? workingDirectory = null)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        var process = new Process { StartInfo = start };
        var running = new RunningProcess(process);
        process.OutputDataReceived += (_, line) => { if (line.Data is not null) running._output.Enqueue(line.Data); };
        process.ErrorDataReceived += (_, line) => { if (line.Data is not null) running._error.Enqueue(line.Data); };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Sends a POSIX signal: TERM, INT, HUP, …</summary>
    public void Signal(string name) => Tool.Run("kill", ["-" + name, Id.ToString()]);

    /// <summary>Waits until the process ends by itself.</summary>
    public async Task<int> WaitForExit(TimeSpan timeout)
    {
        using var patience = new CancellationTokenSource(timeout);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Process {Id} did not end within {timeout}.\n{Dump()}");
        }
        return _process.ExitCode;
    }

    /// <summary>Waits until the condition holds; fails with the process's own words when it ends or takes too long.</summary>
    public Task WaitUntil(Func<bool> condition, TimeSpan timeout, string what) =>
        WaitUntil(() => Task.FromResult(condition()), timeout, what);

    public async Task WaitUntil(Func<Task<bool>> condition, TimeSpan timeout, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (_process.HasExited) throw new InvalidOperationException($"The process ended with {_process.ExitCode} before {what}.\n{Dump()}");
            if (clock.Elapsed > timeout) throw new TimeoutException($"Not within {timeout}: {what}.\n{Dump()}");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private string Dump() => string.Join('\n', _output.TakeLast(40).Concat(_error.TakeLast(40)));
}
