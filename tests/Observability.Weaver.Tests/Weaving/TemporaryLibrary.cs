using System.Reflection;
using System.Runtime.Loader;

namespace Observability.Weaver.Tests.Weaving;

/// <summary>A compiled library in a file, for the compiler, and in the load contexts of those who use it; the weaver does not see it.</summary>
internal sealed class TemporaryLibrary : IDisposable
{
    private readonly CompiledAssembly _library;
    private readonly string _folder = Directory.CreateTempSubdirectory("observability-library-").FullName;

    public TemporaryLibrary(CompiledAssembly library)
    {
        _library = library;
        Path = System.IO.Path.Combine(_folder, library.Name + ".dll");
        File.WriteAllBytes(Path, library.Image);
    }

    public string Path { get; }

    public string Run(CompiledAssembly user) => Run(user.Image);

    public string Run(WovenAssembly user) => Run(user.Image);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Run(byte[] image)
    {
        var context = new AssemblyLoadContext(null, isCollectible: true);
        try
        {
            context.LoadFromStream(new MemoryStream(_library.Image));
            var run = context.LoadFromStream(new MemoryStream(image)).GetType("Subject", throwOnError: true)!.GetMethod("Run", BindingFlags.Public | BindingFlags.Static)!;
            return ((Task<string>)run.Invoke(null, null)!).GetAwaiter().GetResult();
        }
        finally
        {
            context.Unload();
        }
    }
}
