//: Subject.WRefReturn
//: Subject.WRefReadonly
//: Subject.WOut
//: Subject.WSpan
//: Subject.WSlice
//: Subject.WIn
//: Subject.WParams
//: Subject.WPointer
//: Subject.WStack
//: WRefStruct..ctor
//: WRefStruct.Sum
using System;

public ref struct WRefStruct(Span<int> values)
{
    private readonly Span<int> _values = values;
    public int Sum() { var sum = 0; foreach (var value in _values) sum += value; return sum; }
}

public static unsafe class Subject
{
    private static readonly int[] Numbers = [1, 2, 3];

    public static string Run()
    {
        WRefReturn(1) = 20;
        ref readonly var first = ref WRefReadonly();
        WOut(out var number, out var text);
        var span = WSpan(Numbers);
        var slice = WSlice("abcdef");
        var value = 5;
        return $"{Numbers[1]} {first} {number} {text} {span} {slice.ToString()} {WIn(in value)} {WParams(1, 2, 3)} {*WPointer(&value)} {WStack(4)} {Summed()}";
    }

    private static int Summed() => Sum(new WRefStruct(Numbers));
    private static int Sum(WRefStruct values) => values.Sum();
    private static ref int WRefReturn(int index) => ref Numbers[index];
    private static ref readonly int WRefReadonly() => ref Numbers[0];
    private static void WOut(out int number, out string text) { number = 4; text = "out"; }
    private static int WSpan(ReadOnlySpan<int> values) { var sum = 0; foreach (var value in values) sum += value; return sum; }
    private static ReadOnlySpan<char> WSlice(ReadOnlySpan<char> text) => text[2..4];
    private static int WIn(in int value) => value + 1;
    private static int WParams(params ReadOnlySpan<int> values) => values.Length;
    private static int* WPointer(int* value) { (*value)++; return value; }
    private static int WStack(int size) { Span<int> values = stackalloc int[size]; values.Fill(2); var sum = 0; foreach (var value in values) sum += value; return sum; }
}
