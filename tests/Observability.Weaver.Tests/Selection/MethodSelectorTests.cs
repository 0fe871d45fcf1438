using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Selection;

public class MethodSelectorTests
{
    private static readonly CompiledAssembly Shop = CompiledAssembly.From("""
        using System;
        namespace Contoso.Shop
        {
            public class Cart
            {
                public Cart() { }
                public int Count { get; set; }
                public void Add() { Local(); void Local() { } Action lambda = () => { }; lambda(); }
                internal void Audit() { }
                [Obsolete] public void Old() { }
                public static Cart operator +(Cart a, Cart b) => a;
                public class Line { public void Price() { } }
                static Cart() { }
                ~Cart() { }
            }
            internal class Hidden { public void Work() { } }
        }
        namespace Contoso.Orders { public class Order<T> { public void Place() { } } }
        """);

    [Theory]
    [InlineData("Contoso.Shop.Cart", "Cart.Add Cart.Audit Cart.Old")]
    [InlineData("Contoso.Shop.*", "Cart.Add Cart.Audit Cart.Line.Price Cart.Old Hidden.Work")]
    [InlineData("public Contoso.*", "Cart.Add Cart.Line.Price Cart.Old Order.Place")]
    [InlineData("*::Place", "Order.Place")]
    [InlineData("Contoso.Orders.Order`1::*", "Order.Place")]
    [InlineData("Contoso.Shop.Cart+Line", "Cart.Line.Price")]
    [InlineData("Contoso.*@Obsolete", "Cart.Old")]
    [InlineData("*@System.ObsoleteAttribute", "Cart.Old")]
    [InlineData("[Woven*]*::A*", "Cart.Add Cart.Audit")]
    [InlineData("Contoso.*; !Contoso.Shop.*::A*; !*@Obsolete", "Cart.Line.Price Hidden.Work Order.Place")]
    public void Text_rules_pick_methods(string rules, string expected) =>
        Assert.Equal(expected, Picked([.. RuleText.Parse(rules)]));

    [Theory]
    [InlineData(WeaveMembers.Constructors, "Cart..ctor")]
    [InlineData(WeaveMembers.Properties, "Cart.get_Count Cart.set_Count")]
    [InlineData(WeaveMembers.Operators, "Cart.op_Addition")]
    [InlineData(WeaveMembers.LocalFunctions, "Cart.Add.Local")]
    [InlineData(WeaveMembers.Lambdas, "Cart.Add.lambda")]
    public void A_rule_reaches_the_kinds_of_members_that_it_names(WeaveMembers members, string expected) =>
        Assert.Equal(expected, Picked(new WeaveRule { Type = "Contoso.Shop.Cart", Members = members }));

    [Fact]
    public void The_later_rule_names_the_span() =>
        Assert.Equal("second Add", Picked(new WeaveRule { Method = "Add", Name = "first" }, new WeaveRule { Method = "Add", Name = "second {method}" }));

    [Fact]
    public void Another_assemblys_rule_picks_nothing() =>
        Assert.Equal(WeaveOutcome.NothingPicked, WovenAssembly.Of(Shop, [.. RuleText.Parse("[Other]*")]).Report.Outcome);

    [Fact]
    public void What_the_FSharp_compiler_makes_is_left_and_what_is_named_in_backticks_is_picked()
    {
        var compiled = CompiledAssembly.From("public class Closure { public void Invoke() { } } public static class Program { public static void Work() { } public static void Inner() { } }");
        using var assembly = Mono.Cecil.AssemblyDefinition.ReadAssembly(new MemoryStream(compiled.Image));
        assembly.MainModule.GetType("Closure").Name = "task@27-1";
        var program = assembly.MainModule.GetType("Program");
        program.Methods.Single(method => method.Name == "Work").Name = "a <b> c";
        program.Methods.Single(method => method.Name == "Inner").Name = "inner@12";
        using var image = new MemoryStream();
        assembly.Write(image);
        var woven = WovenAssembly.Weave(compiled with { Image = image.ToArray(), Symbols = null }, new WeaveRule { Members = WeaveMembers.Methods | WeaveMembers.Lambdas });
        Assert.Equal(["Program.a <b> c"], woven.Report.Methods.Select(method => method.SpanName));
    }

    private static string Picked(params WeaveRule[] rules) =>
        string.Join(' ', WovenAssembly.Weave(Shop, rules).Report.Methods.Select(method => method.SpanName).Order(StringComparer.Ordinal));
}
