using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>Puts a line together. The message may take half of the line and an exception is sure of a quarter.</summary>
internal static class LineComposer
{
    /// <summary>Puts a line into the queue that differs from an earlier one in its time and span alone; false when this is no such line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRepeat<TState>(LineQueue queue, Line line, LogLevel level, EventId id, in TState state, StateKind<TState> kind, CategoryText category, Activity? activity)
    {
        if (line.Scopes.Count > 0 || StateWriter.Constant(state, kind) is not { } text) return false;
        if (category.Heads.Find(text, level, id.Id, category.For(activity)) is not { } head) return false;
        return head.TryAppend(queue, line, line.Plan.Format.Opening!, line.Plan.Time.GetUtcNow().UtcTicks, category, activity);
    }

    public static void Compose<TState>(Line line, LogLevel level, EventId id, in TState state, StateKind<TState> kind, Exception? exception, Func<TState, Exception?, string> formatter, CategoryText category, Activity? activity)
    {
        var plan = line.Plan;
        var whole = line.Limit;
        var content = exception is null ? whole : whole - (plan.MaxLineBytes / 4);
        var time = plan.Time.GetUtcNow().UtcTicks;
        var context = category.For(activity);
        if (StateWriter.Constant(state, kind) is { } text)
        {
            if (category.Heads.Find(text, level, id.Id, context) is { } head) head.Write(line, plan.Format.Opening!, time, category, activity);
            else ComposeHead(line, time, level, id, text, category, context, activity);
            line.Limit = content;
        }
        else
        {
            plan.Format.Open(line, time, level, category);
            var start = line.Position;
            line.Limit = whole / 2;
            StateWriter.Message(line, state, exception, formatter, kind, out var template, out var values);
            if (plan.Patterns is not null) Hide(line, start, plan.Patterns);
            line.Limit = content;
            plan.Format.Context(line, category, context, id, activity);
            StateWriter.Attributes(line, state, kind, template, values);
        }
        if (line.Scopes.Count > 0) ScopeWriter.Write(line);
        plan.Format.EndAttributes(line);
        line.Limit = whole;
        if (exception is not null) plan.Format.Error(line, exception);
        plan.Format.Close(line);
    }

    /// <summary>All that stands before the attributes of a line whose message has no values.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ComposeHead(Line line, long time, LogLevel level, EventId id, string text, CategoryText category, byte[] context, Activity? activity)
    {
        var plan = line.Plan;
        plan.Format.Open(line, time, level, category);
        var start = line.Position;
        line.Limit /= 2;
        TextValue.Put(line, text);
        if (plan.Patterns is not null) Hide(line, start, plan.Patterns);
        var contextStart = line.Position;
        plan.Format.Context(line, category, context, id, activity);
        if (plan.Format.Opening is not null) category.Heads.Keep(line, text, level, id.Id, context, contextStart);
    }

    /// <summary>The line of a call whose state threw: its template when it has one, and all that needs no state.</summary>
    public static void ComposeFailed<TState>(Line line, LogLevel level, EventId id, in TState state, Exception fault, Exception? exception, CategoryText category, Activity? activity)
    {
        line.Clear();
        line.Scopes.Clear();
        line.Path.Clear();
        var plan = line.Plan;
        plan.Format.Open(line, plan.Time.GetUtcNow().UtcTicks, level, category);
        var whole = line.Limit;
        line.Limit = whole / 2;
        if (StateWriter.Source(state) is { } source) TextValue.Put(line, source + " ");
        line.Limit = whole;
        JsonText.Write(line, "(the log state threw " + fault.GetType() + ")");
        plan.Format.Context(line, category, category.For(activity), id, activity);
        if (line.TryKey(plan.StateKey)) JsonValue.String(line, typeof(TState).ToString());
        plan.Format.EndAttributes(line);
        if (exception is not null) plan.Format.Error(line, exception);
        plan.Format.Close(line);
    }

    /// <summary>A line of the logger's own.</summary>
    public static byte[] ComposeOwn(LinePlan plan, string message, string diagnostic, IEnumerable<KeyValuePair<string, object?>> attributes)
    {
        var line = Line.Rent(plan);
        try
        {
            var category = plan.Format.Category("Observability.Logging");
            plan.Format.Open(line, plan.Time.GetUtcNow().UtcTicks, LogLevel.Warning, category);
            JsonText.Write(line, message);
            plan.Format.Context(line, category, category.Plain, default, null);
            StateWriter.Pair(line, new KeyValuePair<string, object?>("diagnostic", diagnostic));
            foreach (var attribute in attributes) StateWriter.Pair(line, attribute);
            plan.Format.EndAttributes(line);
            plan.Format.Close(line);
            return line.Bytes.ToArray();
        }
        finally
        {
            line.Return();
        }
    }

    /// <summary>Applies the patterns to the message as a whole, for what they match may span text and values.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Hide(Line line, int start, RedactionPatterns patterns)
    {
        byte[] quoted = [(byte)'"', .. line.Slice(start, line.Position - start), (byte)'"'];
        var reader = new System.Text.Json.Utf8JsonReader(quoted);
        reader.Read();
        var text = reader.GetString()!;
        var hidden = patterns.Apply(text);
        if (hidden == text) return;
        line.Holes.Forget();
        line.Position = start;
        JsonText.Write(line, hidden);
    }
}
