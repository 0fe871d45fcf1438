using System.Diagnostics;
using AspectInjector.Broker;

namespace WeaverTarget;

/// <summary>A span as AspectInjector's users write it: advice around the call. The span of an async method ends when it returns its task.</summary>
[Aspect(Scope.Global)]
[Injection(typeof(SpanAspectAttribute))]
[AttributeUsage(AttributeTargets.Method)]
public sealed class SpanAspectAttribute : Attribute
{
    private static readonly ActivitySource Source = new("WeaverTarget.Peers");

    [Advice(Kind.Around, Targets = Target.Method)]
    public object? Around([Argument(AspectInjector.Broker.Source.Name)] string name, [Argument(AspectInjector.Broker.Source.Arguments)] object[] arguments, [Argument(AspectInjector.Broker.Source.Target)] Func<object[], object> target)
    {
        using var span = Source.StartActivity(name);
        return target(arguments);
    }
}
