using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Xunit;

public static class Use
{
    public static string Run()
    {
        var text = "";
        void Fails(Action action) { try { action(); text += "passed\n"; } catch (Exception fault) { text += fault.GetType().Name + ": " + fault.Message + "\n"; } }
        Fails(() => Assert.Equal(1, 2));
        Fails(() => Assert.Equal("abc", "abd"));
        Fails(() => Assert.Equal([1, 2, 3], new List<int> { 1, 2, 4 }));
        Fails(() => Assert.Contains("x", new[] { "a", "b" }));
        Fails(() => Assert.Throws<InvalidOperationException>((Action)(() => throw new ArgumentException("other"))));
        Fails(() => Assert.ThrowsAsync<InvalidOperationException>(async () => { await Task.Yield(); throw new InvalidOperationException(); }).GetAwaiter().GetResult());
        Fails(() => Assert.Equivalent(new { A = 1, B = new[] { 1 } }, new { A = 1, B = new[] { 2 } }));
        Fails(() => Assert.Collection([1, 2], n => Assert.Equal(1, n), n => Assert.Equal(2, n)));
        Fails(() => Assert.InRange(5, 1, 3));
        Fails(() => Assert.StartsWith("a", "b"));
        return text;
    }
}
