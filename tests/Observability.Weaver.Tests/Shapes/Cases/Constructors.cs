//: WDerived..ctor
//: WDerived.get_Show
//: WDerived..ctor
//: WDerived.get_Show
//: WStruct..ctor
//: WStruct.get_Number
//: WStruct..ctor
//: WStruct.get_Number
//: WThrowing..ctor ! System.ArgumentException
using System;

public class Parent
{
    protected Parent(int number) => Number = number;
    protected Parent(string text) : this(text.Length) { }
    public int Number { get; }
}

public sealed class WDerived : Parent
{
    private readonly string _text = "field";
    private readonly int? _choice;
    public WDerived(bool yes) : base(yes ? 1 : 2) { _text += " body"; }
    public WDerived(string text) : base(text ?? "none") { _choice = Number; }
    public string Show => $"{Number} {_text} {_choice}";
}

public readonly struct WStruct
{
    public WStruct(int number) { Number = number + 1; }
    public int Number { get; }
}

public sealed class WThrowing
{
    public WThrowing() => throw new ArgumentException("constructor");
}

public static class Subject
{
    public static string Run()
    {
        var text = $"{new WDerived(true).Show} {new WDerived("abc").Show} {new WStruct(1).Number + new WStruct(2).Number}";
        try { _ = new WThrowing(); } catch (ArgumentException fault) { text += fault.Message; }
        return text;
    }
}
