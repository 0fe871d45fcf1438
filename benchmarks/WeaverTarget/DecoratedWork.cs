using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace WeaverTarget;

/// <summary>
/// What MethodDecorator.Fody makes of a method, written by hand after its documentation, because its package cannot be restored
/// everywhere: an attribute object a call, Init with the instance, the method and the arguments, OnEntry, OnExit, OnException.
/// </summary>
public static class DecoratedWork
{
    private static readonly MethodBase Method = typeof(DecoratedWork).GetMethod(nameof(Sync))!;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Sync(int number)
    {
        var decorator = new SpanDecorator();
        decorator.Init(null, Method, [number]);
        decorator.OnEntry();
        try
        {
            var result = (number * 31) ^ (number >> 3);
            decorator.OnExit();
            return result;
        }
        catch (Exception fault)
        {
            decorator.OnException(fault);
            throw;
        }
    }

    private sealed class SpanDecorator
    {
        private static readonly ActivitySource Source = new("WeaverTarget.Peers");
        private MethodBase? _method;
        private Activity? _span;

        public void Init(object? instance, MethodBase method, object[] arguments) => _method = method;

        public void OnEntry() => _span = Source.HasListeners() ? Source.StartActivity(_method!.Name) : null;

        public void OnExit() => _span?.Dispose();

        public void OnException(Exception fault)
        {
            _span?.SetStatus(ActivityStatusCode.Error, fault.Message);
            _span?.Dispose();
        }
    }
}
