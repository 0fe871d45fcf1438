using System.Globalization;
using System.Text;

namespace Observability.Weaver.Tests.Fuzzing;

/// <summary>Statements over the number <c>n</c> and some locals, one a line, so that lines of stack traces tell them apart. Every loop ends.</summary>
internal sealed class GeneratedBody(Random random, GeneratedFlow flow, IReadOnlyList<Callee> callees)
{
    private const int Deepest = 4;

    private readonly StringBuilder _text = new();
    private int _names;
    private int _calls = 2;
    private int _size = 25;

    private bool Awaits => flow is GeneratedFlow.Async or GeneratedFlow.AsyncIterator;
    private bool Yields => flow is GeneratedFlow.Iterator or GeneratedFlow.AsyncIterator;

    public string Text()
    {
        Line("var a = n;");
        Block(new Place());
        Line(flow switch
        {
            GeneratedFlow.Void => "Seen.Note(a);",
            GeneratedFlow.Iterator or GeneratedFlow.AsyncIterator => "yield return a;",
            _ => "return a;",
        });
        if (flow == GeneratedFlow.AsyncIterator) Line("await Task.Yield();");
        return _text.ToString();
    }

    private void Block(Place place)
    {
        var count = random.Next(1, 5);
        for (var i = 0; i < count && _size > 0; i++) Statement(place);
    }

    private void Statement(Place place)
    {
        _size--;
        switch (random.Next(place.Depth < Deepest ? 20 : 9))
        {
            case 0: Line($"a = unchecked({Number()} * 3 + {Number()});"); break;
            case 1: Line($"Seen.Note({Number()});"); break;
            case 2: Line($"Seen.Fail({Number()});"); break;
            case 3: Line($"Seen.Ambient.Value += {Number()};"); break;
            case 4: Line("Seen.Note(Seen.Ambient.Value);"); break;
            case 5: Call(place); break;
            case 6: Leave(place); break;
            case 7: Wait(place); break;
            case 8: Yield(place); break;
            case 9 or 10: Nested($"if ({Condition()})", place.Deeper()); break;
            case 11: IfElse(place.Deeper()); break;
            case 12: Loop(place.Deeper() with { IsLoop = true, IsRepeated = true }); break;
            case 13 or 14: TryCatch(place.Deeper()); break;
            case 15 or 16: TryFinally(place.Deeper()); break;
            case 17: Nested($"using (new Noted({Number()}))", place.Deeper()); break;
            case 18: Switch(place.Deeper()); break;
            default: Nested("lock (new object())", place.Deeper() with { HoldsLock = true }); break;
        }
    }

    private void Call(Place place)
    {
        if (callees.Count == 0 || place.IsRepeated || _calls-- <= 0) return;
        var callee = callees[random.Next(callees.Count)];
        Line($"a = unchecked(a + {(Awaits && !place.HoldsLock ? callee.AwaitedCall(Number()) : callee.BlockingCall(Number()))});");
    }

    private void Leave(Place place)
    {
        if (place.IsLoop && random.Next(2) == 0) Line($"if ({Condition()}) {(random.Next(2) == 0 ? "break" : "continue")};");
        else if (!place.IsEnd) Line($"if ({Condition()}) {(Yields ? "yield break" : flow == GeneratedFlow.Void ? "return" : "return " + Number())};");
    }

    private void Wait(Place place)
    {
        if (Awaits && !place.HoldsLock) Line(random.Next(2) == 0 ? "await Task.Yield();" : "await Task.CompletedTask;");
    }

    private void Yield(Place place)
    {
        if (Yields && place is { IsCaught: false, IsEnd: false, HoldsLock: false }) Line($"yield return {Number()};");
    }

    private void IfElse(Place place)
    {
        Nested($"if ({Condition()})", place);
        Nested("else", place);
    }

    private void Loop(Place place)
    {
        var name = Name();
        if (random.Next(2) == 0) Nested($"for (var {name} = 0; {name} < {random.Next(1, 4)}; {name}++)", place);
        else Nested($"foreach (var {name} in new[] {{ 1, {Number()} }})", place);
    }

    private void TryCatch(Place place)
    {
        // A yield may stand neither in a try that catches nor in its handlers; a filter of an async method sees its own stack.
        var name = Name();
        Nested("try", place with { IsCaught = true });
        Nested(random.Next(2) == 0 ? $"catch (InvalidOperationException {name}) when (Seen.Note({name}))" : $"catch (InvalidOperationException {name})", place with { IsCaught = true });
        if (random.Next(2) == 0) Nested($"catch (Exception {Name()})", place with { IsCaught = true }, random.Next(2) == 0 ? "throw;" : "");
    }

    private void TryFinally(Place place)
    {
        Nested("try", place);
        // What ends a body or a loop must not leave a finally.
        Nested("finally", place with { IsEnd = true, IsLoop = false, IsCaught = place.IsCaught });
    }

    private void Switch(Place place)
    {
        Line($"switch ({Number()} & 3)");
        Line("{");
        for (var label = 0; label < 3; label++)
        {
            Nested($"case {label}:", place with { IsLoop = false });
            Line("break;");
        }
        Nested("default:", place with { IsLoop = false }, "goto case 1;");
        Line("}");
    }

    private void Nested(string head, Place place, string last = "")
    {
        Line(head);
        Line("{");
        Block(place);
        if (last.Length > 0) Line(last);
        Line("}");
    }

    private string Name() => "v" + _names++.ToString(CultureInfo.InvariantCulture);

    private string Number() => random.Next(3) switch { 0 => "a", 1 => "n", _ => random.Next(40).ToString(CultureInfo.InvariantCulture) };

    private string Condition() => $"unchecked({Number()} + {Number()}) % {random.Next(2, 5)} {(random.Next(2) == 0 ? "==" : "!=")} 0";

    private void Line(FormattableString text) => _text.AppendLine(text.ToString(CultureInfo.InvariantCulture));

    private void Line(string text) => _text.AppendLine(text);

    /// <summary>Where a statement stands, which decides what C# allows there.</summary>
    private sealed record Place
    {
        public int Depth { get; init; }
        public bool IsLoop { get; init; }
        public bool IsRepeated { get; init; }
        public bool IsCaught { get; init; }
        public bool IsEnd { get; init; }
        public bool HoldsLock { get; init; }

        public Place Deeper() => this with { Depth = Depth + 1 };
    }
}
