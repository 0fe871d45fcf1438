using System.Reflection;
using System.Runtime.Loader;

namespace Observability.Weaver.Tests.Weaving;

/// <summary>An assembly in a load context of its own.</summary>
internal sealed class LoadedAssembly : IDisposable
{
    private readonly AssemblyLoadContext _context;

    public LoadedAssembly(string name, byte[] image, byte[]? symbols)
    {
        _context = new AssemblyLoadContext(name, isCollectible: true);
        Assembly = _context.LoadFromStream(new MemoryStream(image), symbols is null ? null : new MemoryStream(symbols));
    }

    public LoadedAssembly(CompiledAssembly compiled) : this(compiled.Name, compiled.Image, compiled.Symbols)
    {
    }

    public LoadedAssembly(WovenAssembly woven) : this(woven.Name, woven.Image, woven.Symbols)
    {
    }

    public Assembly Assembly { get; }

    /// <summary>Calls <c>Subject.Run()</c>, which says in one text all that it saw.</summary>
    public string Run(string type = "Subject", string method = "Run")
    {
        var run = Assembly.GetType(type, throwOnError: true)!.GetMethod(method, BindingFlags.Public | BindingFlags.Static)!;
        return run.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [], null) switch
        {
            string text => text,
            Task<string> task => task.GetAwaiter().GetResult(),
            var other => throw new InvalidOperationException($"{type}.{method} returned {other}."),
        };
    }

    /// <summary>Has the JIT compile every method, which rejects invalid IL.</summary>
    public void CompileEveryMethod() => EveryMethod.Compile(Assembly);

    public void Dispose() => _context.Unload();
}
