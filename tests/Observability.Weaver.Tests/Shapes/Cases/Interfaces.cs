//: IGreeting.WGreet
//: IGreeting.WStatic
using System;

public interface IGreeting
{
    string Name { get; }
    string WGreet() => "hello " + Name;
    string WAbstract();
    static string WStatic() => "static";
}

public sealed class Greeting : IGreeting
{
    public string Name => "world";
    public string Name2 => ""; string IGreeting.WAbstract() => "";
}

public static class Subject
{
    public static string Run() => ((IGreeting)new Greeting()).WGreet() + IGreeting.WStatic();
}
