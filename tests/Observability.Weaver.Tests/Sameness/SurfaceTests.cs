using System.Reflection;
using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Sameness;

/// <summary>What reflection sees of a woven assembly.</summary>
public class SurfaceTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        public class Subject<T>
        {
            [Obsolete("kept")] public T? Value { get; set; }
            public event EventHandler? Changed;
            public async Task<int> Later() { await Task.Yield(); Changed?.Invoke(this, EventArgs.Empty); return 1; }
            public IEnumerable<T?> Items() { yield return Value; }
            internal static void Hidden(in int number, ref string text, params int[] rest) { }
            protected struct Inner { public int Number; }
        }
        """;

    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void Every_type_and_member_that_a_programmer_wrote_is_there_and_none_is_new()
    {
        var compiled = CompiledAssembly.From(Source);
        using var original = new LoadedAssembly(compiled);
        using var woven = new LoadedAssembly(WovenAssembly.Weave(compiled, new WeaveRule { Members = WeaveMembers.All }));
        Assert.Equal(Members(original.Assembly), Members(woven.Assembly));
    }

    [Fact]
    public void Added_types_say_that_no_programmer_wrote_them()
    {
        using var woven = new LoadedAssembly(WovenAssembly.Weave(CompiledAssembly.From("public class Subject { public string Name => \"name\"; public void Work() { } }"), new WeaveRule { Method = "Work", Metrics = true, Tags = new Dictionary<string, string> { ["name"] = "this.Name" } }));
        var added = woven.Assembly.GetTypes().Where(type => type.FullName!.StartsWith("<Observability>", StringComparison.Ordinal) && !type.IsNested).ToList();
        Assert.Contains(added, type => type.Name == "<Observability>Paths");
        Assert.All(added, type => Assert.True(type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), inherit: false), type.Name));
    }

    [Fact]
    public void The_identity_stays()
    {
        var compiled = CompiledAssembly.From(Source);
        using var original = new LoadedAssembly(compiled);
        using var woven = new LoadedAssembly(WovenAssembly.Weave(compiled, new WeaveRule()));
        Assert.Equal(original.Assembly.FullName, woven.Assembly.FullName);
        Assert.NotEqual(original.Assembly.ManifestModule.ModuleVersionId, woven.Assembly.ManifestModule.ModuleVersionId);
    }

    /// <summary>Names with angle brackets are compilers' own, which no program can write.</summary>
    private static IEnumerable<string> Members(Assembly assembly) =>
        assembly.GetTypes().Where(type => !type.FullName!.Contains('<', StringComparison.Ordinal))
            .SelectMany(type => type.GetMembers(All).Select(member => $"{type.FullName}: {member} {string.Join(',', member.CustomAttributes)}").Prepend($"{type.Attributes} {type.FullName} : {type.BaseType}"))
            .Where(line => !line.Contains("d__", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
