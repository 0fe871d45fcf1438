//: WBox..ctor
//: WBox.Get
//: WBox..ctor
//: WBox.Get
//: WBox..ctor
//: WBox.Map
//: WBox..ctor
//: WBox.Map
//: Subject.WMake
//: Subject.WMax
//: WBox.Nested.Twice
using System;

public class WBox<T>(T value)
{
    private readonly T _value = value;
    public T Get() => _value;
    public TResult Map<TResult>(Func<T, TResult> map) => map(_value);
    public struct Nested<TOther> { public (T?, TOther?) Twice(T? a, TOther? b) => (a, b); }
}

public static class Subject
{
    public static string Run() =>
        $"{Make(1).Get()} {Make("x").Get()} {Make(2).Map(n => n + 0.5)} {Make("y").Map(s => s.Length)} {WMake<int>()} {WMax(3, 4)} {new WBox<string>.Nested<int>().Twice("a", 7)}";

    private static WBox<T> Make<T>(T value) => new(value);
    private static T WMake<T>() where T : new() => new();
    private static T WMax<T>(T a, T b) where T : IComparable<T> => a.CompareTo(b) > 0 ? a : b;
}
