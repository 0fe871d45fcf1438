using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;
using Observability.Weaver;

namespace Observability.Benchmarks.Weaver;

/// <summary>An assembly of a thousand methods, and what weaving all of them takes: the first time in a process, and again.</summary>
internal static class ThousandMethods
{
    public static (double Cold, double Warm) Weave()
    {
        var image = Image();
        var cold = Time(image);
        return (cold, Enumerable.Range(0, 5).Select(_ => Time(image)).Order().ElementAt(2));
    }

    private static double Time(byte[] image)
    {
        var options = new WeaveOptions { Rules = [new WeaveRule()], References = [RuntimeEnvironment.GetRuntimeDirectory()] };
        using var output = new MemoryStream();
        var started = Stopwatch.GetTimestamp();
        var report = new AssemblyWeaver(options).Weave("Thousand", new MemoryStream(image), null, output, null);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return report.Methods.Count == 1000 ? elapsed : throw new InvalidOperationException(string.Join('\n', report.Diagnostics));
    }

    private static byte[] Image()
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Thousand"), typeof(object).Assembly);
        var module = assembly.DefineDynamicModule("Thousand");
        for (var type = 0; type < 50; type++)
        {
            var builder = module.DefineType("Type" + type, TypeAttributes.Public);
            for (var method = 0; method < 20; method++) Emit(builder.DefineMethod("Method" + method, MethodAttributes.Public | MethodAttributes.Static, typeof(int), [typeof(int)]).GetILGenerator());
            builder.CreateType();
        }
        using var image = new MemoryStream();
        assembly.Save(image);
        return image.ToArray();
    }

    private static void Emit(ILGenerator code)
    {
        var negative = code.DefineLabel();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldc_I4_0);
        code.Emit(OpCodes.Blt, negative);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldc_I4_2);
        code.Emit(OpCodes.Mul);
        code.Emit(OpCodes.Ret);
        code.MarkLabel(negative);
        code.Emit(OpCodes.Ldc_I4_M1);
        code.Emit(OpCodes.Ret);
    }
}
