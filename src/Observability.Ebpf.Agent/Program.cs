using System.Net;
using System.Runtime.InteropServices;
using Observability.Ebpf.Agent;
using Observability.Ebpf.Agent.Loading;
using Observability.Ebpf.Agent.Tenants;

var options = AgentOptions.Read(args);
if (options.Faults.Count > 0)
{
    foreach (var fault in options.Faults) Console.Error.WriteLine(fault);
    Console.Error.WriteLine(AgentOptions.Usage);
    return 2;
}
if (options.Command == "doctor") return Doctor.Examine(options.Pins, Console.Out);

using var stop = new CancellationTokenSource();
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
try
{
    using var agent = new NodeAgent(options, TimeProvider.System, Console.Out);
    var scan = new TenantScan(options.Pods, options.Tenants);
    foreach (var fault in agent.Tenants.Refresh(scan.Find())) Console.Error.WriteLine(fault);
    agent.Attach();
    foreach (var program in agent.Programs.Programs.Where(program => program.Failure is not null)) Console.Error.WriteLine($"{program.Name} does not run: {program.Failure}");
    Console.Error.WriteLine("listening");
    // Loading read the kernel's types, megabytes that nobody needs from now on.
    GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    var pump = new Thread(() => agent.Pump.Run(stop.Token)) { Name = "events" };
    pump.Start();
    var interval = TimeSpan.FromSeconds(5);
    while (!stop.Token.WaitHandle.WaitOne(interval))
    {
        // Pods come and go.
        foreach (var fault in agent.Tenants.Refresh(scan.Find())) Console.Error.WriteLine(fault);
    }
    pump.Join();
    return 0;
}
catch (Exception exception) when (exception is KernelRefusalException or IOException or UnauthorizedAccessException or HttpListenerException)
{
    Console.Error.WriteLine($"cannot run: {exception.Message} (observability-ebpf doctor says more)");
    return 1;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
