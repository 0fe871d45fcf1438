//: Subject.Run.WStatic
//: Subject.Run.WCapturing
//: Subject.Run.WAsync
using System;
using System.Threading.Tasks;

public static class Subject
{
    public static async Task<string> Run()
    {
        var captured = 5;
        return $"{WStatic(2)} {WCapturing()} {await WAsync()}";
        static int WStatic(int number) => number * 2;
        int WCapturing() => captured++;
        async Task<int> WAsync() { await Task.Yield(); return captured; }
    }
}
