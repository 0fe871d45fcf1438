using System;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading;
using Observability.StartupHooks.Payload;

namespace Observability.StartupHooks;

/// <summary>
/// Loads the second stage on a thread of its own, so that <c>Main</c> does not wait for it, and yet has it listen before anything can be missed: nobody can make
/// a span, a measurement or a diagnostic event before <c>System.Diagnostics.DiagnosticSource</c> is loaded, and the runtime tells of that load before the thread that
/// causes it goes on. Only that thread: another one that needs the assembly meanwhile is not held up. So the application's own first use is waited for, and attaches
/// the listeners; only where there is none for a while does the second stage go first.
/// </summary>
internal sealed class SecondStage
{
    private const string Diagnostics = "System.Diagnostics.DiagnosticSource";

    /// <summary>Any host, and most programs, come to it within a fraction of this; a program that does not is worth its runtime's metrics all the same.</summary>
    private static readonly TimeSpan FirstUse = TimeSpan.FromSeconds(1);

    /// <summary>Leaves the processors to the beginning of <c>Main</c>, where that has been waited for. The first request waits for the rest, if it has to.</summary>
    private static readonly TimeSpan MainFirst = TimeSpan.FromMilliseconds(25);

    private readonly string _hook;
    private readonly WovenStart _weaving;
    private readonly Lazy<Action[]?> _steps;
    private readonly object _attaching = new object();
    private bool _attached;

    public SecondStage(string hook, WovenStart weaving)
    {
        _hook = hook;
        _weaving = weaving;
        _steps = new Lazy<Action[]?>(Prepare);
    }

    /// <summary>Returns when <c>Main</c> may begin.</summary>
    public void Begin()
    {
        if (_weaving == WovenStart.Done)
        {
            BeginWoven();
            return;
        }
        if (_weaving == WovenStart.Coming) _ = _steps.Value;
        AppDomain.CurrentDomain.AssemblyLoad += OnLoad;
        if ((_weaving == WovenStart.Coming || HasOtherHooks()) && IsLoaded()) Attach();
        Start();
    }

    /// <summary>Here the application's first use is not waited for: the other thread may load the assembly at any time, so it is listened to before <c>Main</c>.</summary>
    private void BeginWoven()
    {
        Start();
        if (_steps.Value is null) return;
        Assembly.Load(Diagnostics);
        Attach();
    }

    private void Start() => new Thread(Run) { IsBackground = true, Name = "Observability start" }.Start();

    private void Run()
    {
        try
        {
            if (_weaving == WovenStart.Done) WarmUp();
            if (_steps.Value is not { } steps) return;
            var isLoaded = IsLoaded();
            lock (_attaching)
            {
                if (!_attached && !isLoaded) Monitor.Wait(_attaching, FirstUse);
            }
            // Nothing of this thread may be waited for while the assembly is being loaded, and nothing is: the steps are there.
            Assembly.Load(Diagnostics);
            Attach();
            if (_weaving == WovenStart.Done) LeaveToMain();
            steps[1]();
        }
        catch (Exception failure)
        {
            StandardError.Failed(failure);
        }
        finally
        {
            AppDomain.CurrentDomain.AssemblyLoad -= OnLoad;
        }
    }

    /// <summary>
    /// A woven <c>Main</c> begins with a span, and so with everything that attaching takes of .NET. The processor that is free meanwhile does that while
    /// the first thread prepares. Nobody's code has run yet: nothing can be missed.
    /// </summary>
    private static void WarmUp()
    {
        var diagnostics = Assembly.Load(Diagnostics);
        RuntimeHelpers.RunClassConstructor(diagnostics.GetType("System.Diagnostics.Activity", throwOnError: true)!.TypeHandle);
        // Never started, it hears nothing; its constructor makes the runtime's own instruments.
        Activator.CreateInstance(diagnostics.GetType("System.Diagnostics.Metrics.MeterListener", throwOnError: true)!);
    }

    /// <summary>A pause: nothing is signalled after attaching. The thread is one that no end waits for.</summary>
    private void LeaveToMain()
    {
        lock (_attaching) Monitor.Wait(_attaching, MainFirst);
    }

    private void OnLoad(object? sender, AssemblyLoadEventArgs loaded)
    {
        try
        {
            if (loaded.LoadedAssembly.FullName!.StartsWith(Diagnostics + ",", StringComparison.Ordinal)) Attach();
        }
        catch (Exception failure)
        {
            StandardError.Failed(failure);
        }
    }

    private void Attach()
    {
        lock (_attaching)
        {
            if (_attached) return;
            _attached = true;
            _steps.Value?[0]();
            Monitor.PulseAll(_attaching);
        }
    }

    /// <summary>The two steps that the second stage offers, to attach and to run; null when it stands by. Touches nothing of the assembly that is waited for.</summary>
    private Action[]? Prepare()
    {
        try
        {
            if (PayloadFolder.TryOpen(_hook, AppDomain.CurrentDomain.GetData("RUNTIME_IDENTIFIER") as string, out var payload, out var fault))
                return (Action[]?)Assembly.LoadFrom(Path.Combine(payload, "bridge", PayloadFolder.Bridge + ".dll"))
                    .GetType(PayloadFolder.Bridge + ".Startup", throwOnError: true)!.GetMethod("Prepare")!.Invoke(null, new object[] { payload });
            StandardError.Say(fault!);
        }
        catch (Exception failure)
        {
            StandardError.Failed(failure);
        }
        return null;
    }

    /// <summary>One of them may have come first and have loaded what is waited for. Without one, nobody's code has run yet, and looking would cost the start a millisecond.</summary>
    private static bool HasOtherHooks() => AppDomain.CurrentDomain.GetData("STARTUP_HOOKS") is not string hooks || hooks.IndexOf(Path.PathSeparator) >= 0;

    private static bool IsLoaded()
    {
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
            if (assembly.FullName!.StartsWith(Diagnostics + ",", StringComparison.Ordinal)) return true;
        return false;
    }
}
