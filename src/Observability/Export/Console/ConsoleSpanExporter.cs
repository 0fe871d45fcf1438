using System.Diagnostics;
using OpenTelemetry;

namespace Observability.Export.Console;

/// <summary>
/// Writes each trace of a batch as an indented tree for a person to read. At most 500 spans a batch and 12 attributes a span are written; what is left out is said.
/// </summary>
internal sealed class ConsoleSpanExporter(TextWriter writer, ConsoleStyle style) : BaseExporter<Activity>
{
    private const int MostSpans = 500;
    private readonly Lock _lock = new();

    public override ExportResult Export(in Batch<Activity> batch)
    {
        var spans = new List<Activity>();
        var left = 0;
        foreach (var span in batch)
        {
            if (spans.Count < MostSpans) spans.Add(span);
            else left++;
        }
        try
        {
            lock (_lock)
            {
                foreach (var trace in spans.GroupBy(span => span.TraceId)) new SpanTree(trace, writer, style).Write();
                if (left > 0) writer.WriteLine(style.Faint($"… and {left} more spans"));
                writer.Flush();
            }
            return ExportResult.Success;
        }
        catch (Exception)
        {
            // A closed terminal or a full disk behind a redirection.
            return ExportResult.Failure;
        }
    }
}
