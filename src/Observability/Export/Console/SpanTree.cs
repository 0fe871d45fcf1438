using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Observability.Export.Console;

/// <summary>
/// One trace's spans, parents above children, in order of their start. A span whose parent is elsewhere (another process, another batch) stands at the left.
/// </summary>
internal sealed class SpanTree
{
    private const int Deepest = 20;
    private const int MostAttributes = 12;

    private readonly TextWriter _writer;
    private readonly ConsoleStyle _style;
    private readonly List<Activity> _spans;
    private readonly ILookup<ActivitySpanId, Activity> _children;
    private readonly HashSet<ActivitySpanId> _written = [];

    public SpanTree(IEnumerable<Activity> spans, TextWriter writer, ConsoleStyle style)
    {
        (_writer, _style) = (writer, style);
        _spans = [.. spans.OrderBy(span => span.StartTimeUtc)];
        _children = _spans.ToLookup(span => span.ParentSpanId);
    }

    public void Write()
    {
        var here = _spans.Select(span => span.SpanId).ToHashSet();
        var first = _spans[0];
        _writer.WriteLine(_style.Faint($"{first.StartTimeUtc.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)} trace {first.TraceId}"));
        foreach (var span in _spans.Where(span => !here.Contains(span.ParentSpanId))) Write(span, depth: 1);
        // Two spans that name each other as parent hang on no root.
        foreach (var span in _spans) Write(span, depth: 1);
    }

    private void Write(Activity span, int depth)
    {
        if (!_written.Add(span.SpanId)) return;
        _writer.WriteLine(Line(span, depth));
        foreach (var child in _children[span.SpanId]) Write(child, Math.Min(depth + 1, Deepest));
    }

    private string Line(Activity span, int depth)
    {
        var failed = span.Status == ActivityStatusCode.Error;
        var name = ConsoleText.Clean(span.DisplayName);
        var line = new StringBuilder().Append(' ', 2 * depth).Append(failed ? _style.Failed(name) : _style.Strong(name));
        line.Append("  ").Append(ConsoleText.Of(span.Duration));
        if (span.Kind != ActivityKind.Internal) line.Append("  ").Append(span.Kind.ToString().ToLowerInvariant());
        if (failed) line.Append("  ").Append(_style.Failed(string.IsNullOrEmpty(span.StatusDescription) ? "failed" : $"failed: {ConsoleText.Clean(span.StatusDescription)}"));
        line.Append(_style.Faint(Attributes(span)));
        foreach (var happened in span.Events.Take(MostAttributes)) line.Append(_style.Faint($"  ! {ConsoleText.Clean(happened.Name)}"));
        return line.ToString();
    }

    private static string Attributes(Activity span)
    {
        var text = new StringBuilder();
        var count = 0;
        foreach (ref readonly var tag in span.EnumerateTagObjects())
            if (++count <= MostAttributes) text.Append("  ").Append(ConsoleText.Clean(tag.Key)).Append('=').Append(ConsoleText.Of(tag.Value));
        return count > MostAttributes ? text.Append("  … ").Append(count - MostAttributes).Append(" more").ToString() : text.ToString();
    }
}
