using System.Globalization;
using System.Text;

namespace Shop.Collector;

/// <summary>Traces for a terminal.</summary>
internal static class TraceText
{
    /// <summary>The attributes that tell most in little room.</summary>
    private static readonly string[] Shown = ["http.response.status_code", "error.type", "shop.item", "shop.customer.tier", "messaging.message.id", "db.query.summary", "network.socket.cookie"];

    public static string List(IReadOnlyList<Trace> traces)
    {
        var text = new StringBuilder("The latest traces; /traces/{id} shows one.\n\n");
        foreach (var trace in traces)
            text.Append(CultureInfo.InvariantCulture, $"{trace.Id}  {trace.Milliseconds,8:0.0} ms  {trace.Spans.Count,3} spans  {string.Join(" > ", trace.Services)}  {trace.Roots.First().Name}{(trace.Spans.Any(span => span.IsError) ? "  ERROR" : "")}\n");
        return text.ToString();
    }

    public static string Tree(Trace trace)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"trace {trace.Id}: {trace.Spans.Count} spans, {trace.Services.Count()} processes, {trace.Milliseconds:0.0} ms\n");
        text.Append(CultureInfo.InvariantCulture, $"{"starts at",10}  {"takes",10}  process      span\n");
        foreach (var root in trace.Roots) Branch(text, trace, root, "", "");
        return text.ToString();
    }

    private static void Branch(StringBuilder text, Trace trace, Span span, string lead, string childLead)
    {
        text.Append(CultureInfo.InvariantCulture, $"{(span.Start - trace.Start) / 1e6,7:0.0} ms  {span.Milliseconds,7:0.0} ms  {span.Service,-12} {lead}{span.Name} ({span.Kind}){Details(span)}\n");
        var children = trace.ChildrenOf(span).ToList();
        foreach (var happening in span.Events)
            text.Append(CultureInfo.InvariantCulture, $"{(happening.Time - trace.Start) / 1e6,7:0.0} ms  {"",10}  {"",-12} {childLead}{(children.Count > 0 ? "│ " : "  ")}* {happening.Name}{Details(happening)}\n");
        for (var i = 0; i < children.Count; i++)
        {
            var last = i == children.Count - 1;
            Branch(text, trace, children[i], childLead + (last ? "└─ " : "├─ "), childLead + (last ? "   " : "│  "));
        }
    }

    private static string Details(Span span)
    {
        var details = Shown.Where(span.Attributes.ContainsKey).Select(name => $"{name}={span.Attributes[name]}").ToList();
        if (span.IsError) details.Insert(0, span.StatusMessage.Length > 0 ? $"ERROR \"{span.StatusMessage}\"" : "ERROR");
        return details.Count == 0 ? "" : "  " + string.Join(' ', details);
    }

    private static string Details(SpanEvent happening)
    {
        if (happening.Attributes.TryGetValue("exception.type", out var type)) return $": {type}: {happening.Attributes.GetValueOrDefault("exception.message")}";
        return IsTheKernel(happening) ? "  " + string.Join(' ', happening.Attributes.Select(attribute => $"{attribute.Key}={attribute.Value}")) : "";
    }

    private static bool IsTheKernel(SpanEvent happening) =>
        happening.Name.StartsWith("tcp.", StringComparison.Ordinal) || happening.Name.StartsWith("thread.", StringComparison.Ordinal);
}
