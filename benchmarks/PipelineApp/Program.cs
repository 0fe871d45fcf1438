using PipelineApp.Load;
using PipelineApp.Server;
using PipelineApp.Sink;

// The processes of the benchmark suite `pipeline`: the server that is measured, the collector that it exports to, the client.
switch (args)
{
    case ["server", var variant, var port]:
        await MeasuredServer.Run(variant, int.Parse(port));
        return 0;
    case ["sink", var port]:
        await CollectorSink.Run(int.Parse(port));
        return 0;
    case ["client"]:
        await LoadClient.Run(Console.In, Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("usage: PipelineApp server bare|ours|hand PORT | sink PORT | client");
        return 2;
}
