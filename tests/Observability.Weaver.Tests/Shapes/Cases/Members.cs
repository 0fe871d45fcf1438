//: WThing.set_WValue
//: WThing.get_WValue
//: WThing.get_Item
//: WThing.op_Addition
//: WThing.op_Implicit
//: WThing.add_WChanged
//: WThing.remove_WChanged
//: WThing.Show
using System;

public interface IShown { string Show(); }

public struct WThing : IShown
{
    private int _value;
    private EventHandler? _changed;
    public int WValue { get => _value; set => _value = value; }
    public int this[int index] => _value + index;
    public static WThing operator +(WThing a, int b) { a._value += b; return a; }
    public static implicit operator int(WThing thing) => thing._value;
    public event EventHandler WChanged { add => _changed += value; remove => _changed -= value; }
    string IShown.Show() => "shown " + _value;
}

public static class Subject
{
    public static string Run()
    {
        var thing = new WThing();
        thing.WValue = 3;
        var text = $"{thing.WValue} {thing[4]} ";
        int number = thing + 5;
        EventHandler handler = (_, _) => { };
        thing.WChanged += handler;
        thing.WChanged -= handler;
        return text + number + ((IShown)thing).Show();
    }
}
