using System.Diagnostics.CodeAnalysis;

namespace Observability.Weaver.Tests.Fuzzing;

/// <summary>One way to declare a method around a body that knows the number <c>n</c>, and to call it with <c>ARGUMENT</c>.</summary>
[SuppressMessage("Performance", "CA1861", Justification = "A table.")]
internal sealed record GeneratedShape(GeneratedFlow Flow, string Declaration, string Call, bool IsTask = false)
{
    public static IReadOnlyList<GeneratedShape> All { get; } =
    [
        new(GeneratedFlow.Plain, "public static class NAME { public static int Work(int n) { BODY } }", "NAME.Work(ARGUMENT)"),
        new(GeneratedFlow.Plain, "public class NAME(int start) { private int _cell = start; public virtual int Work(int n) { _cell += n; BODY } }", "new NAME(2).Work(ARGUMENT)"),
        new(GeneratedFlow.Plain, "public class NAME<T> where T : IComparable<T> { public U Work<U>(int n, T low, U same) { Inner(n); return same; int Inner(int n) { BODY } } }", "new NAME<int>().Work(ARGUMENT, 1, ARGUMENT)"),
        new(GeneratedFlow.Plain, "public struct NAME { private int _cell; public int Work(int n) { _cell = n; n += Add(ref _cell); BODY } private static int Add(ref int cell) => ++cell; }", "new NAME().Work(ARGUMENT)"),
        new(GeneratedFlow.Plain, "public static class NAME { public static int Work(in int m, ref int n, out int result) { result = 3; BODY } public static int Call(int n) { var r = Work(n, ref n, out var result); return r + n + result; } }", "NAME.Call(ARGUMENT)"),
        new(GeneratedFlow.Plain, "public ref struct NAME(ReadOnlySpan<char> text) { private readonly ReadOnlySpan<char> _text = text; public int Work(ReadOnlySpan<int> more) { var n = more[0] + _text.Length; BODY } }", "new NAME(\"text\").Work(new[] { ARGUMENT })"),
        new(GeneratedFlow.Void, "public static class NAME { private static readonly int[] s_cells = [1, 2, 3]; public static ref int Work(int n) { Inner(n); return ref s_cells[(n & 255) % 3]; } private static void Inner(int n) { BODY } }", "NAME.Work(ARGUMENT)"),
        new(GeneratedFlow.Void, "public class NAME { public int Cell; public NAME(int n) { BODY } }", "new NAME(ARGUMENT).Cell"),
        new(GeneratedFlow.Void, "public class NAMEBase { protected int Kept; protected NAMEBase(int n) { Kept = n; Seen.Note(n); } } public class NAME : NAMEBase { private readonly List<int> _list = [1, 2]; public NAME(int n) : base(n > 2 ? n : Seen.Note(n)) { BODY } public int Sum => Kept + _list.Count; }", "new NAME(ARGUMENT).Sum"),
        new(GeneratedFlow.Plain, "public class NAME { private int _n; public int Work { get { var n = _n; BODY } set { _n = value; var n = value; if (n > 99) throw new ArgumentException(\"large\"); } } public int this[int n] { get { BODY } } }", "(new NAME { Work = ARGUMENT }.Work + new NAME()[ARGUMENT])"),
        new(GeneratedFlow.Plain, "public readonly record struct NAME(int Value) { public static NAME operator +(NAME left, int n) { return new NAME(Inner()); int Inner() { BODY } } public static implicit operator int(NAME from) { var n = from.Value; BODY } }", "(int)(new NAME(ARGUMENT) + ARGUMENT)"),
        new(GeneratedFlow.Plain, "public interface INAME { int Work(int n) { BODY } } public class NAME : INAME;", "((INAME)new NAME()).Work(ARGUMENT)"),
        new(GeneratedFlow.Plain, "public static class NAME { public static int Work(int n) { Func<int, int> inner = k => { n += k; BODY }; return inner(n) + inner(1); } }", "NAME.Work(ARGUMENT)"),
        new(GeneratedFlow.Async, "public static class NAME { public static async Task<int> Work(int n) { BODY } }", "NAME.Work(ARGUMENT)", IsTask: true),
        new(GeneratedFlow.Async, "public struct NAME { private int _cell; public async ValueTask<int> Work(int n) { _cell += n; n += _cell; BODY } }", "new NAME().Work(ARGUMENT)", IsTask: true),
        new(GeneratedFlow.Async, "public class NAME<T> { public async Task<T> Work<U>(int n, T same, U other) { await Inner(n); return same; async Task<int> Inner(int n) { BODY } } }", "new NAME<int>().Work(ARGUMENT, ARGUMENT, \"other\")", IsTask: true),
        new(GeneratedFlow.Async, "public static class NAME { public static Task<int> Work(int n) { if (n % 4 == 0) return Task.FromResult(n); if (n % 9 == 0) throw new ArgumentException(\"nine\"); return Inner(n); } private static async Task<int> Inner(int n) { BODY } }", "NAME.Work(ARGUMENT)", IsTask: true),
        new(GeneratedFlow.Async, "public static class NAME { public static ValueTask<int> Work(int n) { if (n % 2 == 0) return new(n); return new(Inner(n)); async Task<int> Inner(int n) { BODY } } }", "NAME.Work(ARGUMENT)", IsTask: true),
        new(GeneratedFlow.Async, "public static class NAME { public static async Task<int> Work(int n) { Func<int, ValueTask<int>> inner = async k => { n += k; BODY }; return await inner(n); } }", "NAME.Work(ARGUMENT)", IsTask: true),
        new(GeneratedFlow.Iterator, "public class NAME { private IEnumerable<int> Work(int n) { BODY } public int Sum(int n) { var sum = 0; foreach (var number in Work(n)) { sum += Seen.Note(number); if (sum % 11 == 3) break; } return sum; } }", "new NAME().Sum(ARGUMENT)"),
        new(GeneratedFlow.Iterator, "public class NAME<T> { private static IEnumerator<int> Work(int n, T some) { BODY } public int Sum(int n, T some) { var sum = 0; using var numbers = Work(n, some); while (sum < 1000 && numbers.MoveNext()) sum += numbers.Current; return sum; } }", "new NAME<string>().Sum(ARGUMENT, \"some\")"),
        new(GeneratedFlow.AsyncIterator, "public class NAME { private async IAsyncEnumerable<int> Work(int n) { BODY } public async Task<int> Sum(int n) { var sum = 0; await foreach (var number in Work(n)) { sum += Seen.Note(number); if (sum % 11 == 3) break; } return sum; } }", "new NAME().Sum(ARGUMENT)", IsTask: true),
    ];
}
