using System.Reflection;
using System.Runtime.CompilerServices;

namespace Observability.Weaver.Tests.Weaving;

/// <summary>The JIT as the judge of IL: it compiles each method of an assembly, open type parameters filled with what their constraints allow.</summary>
internal static class EveryMethod
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Compiles all methods; returns how many. Throws InvalidProgramException with the method's name.</summary>
    public static int Compile(Assembly assembly)
    {
        var count = 0;
        foreach (var type in assembly.GetTypes())
            foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
                if (Compile(type, method)) count++;
        return count;
    }

    private static bool Compile(Type type, MethodBase method)
    {
        if (method.IsAbstract || method.GetMethodBody() is null) return false;
        try
        {
            var arguments = type.IsGenericTypeDefinition ? Array.ConvertAll(type.GetGenericArguments(), Filling) : [];
            if (method.IsGenericMethodDefinition) arguments = [.. arguments, .. Array.ConvertAll(method.GetGenericArguments(), Filling)];
            if (arguments.Contains(null)) return false;
            RuntimeHelpers.PrepareMethod(method.MethodHandle, arguments.Length == 0 ? null : Array.ConvertAll(arguments, argument => argument!.TypeHandle));
            return true;
        }
        catch (InvalidProgramException fault)
        {
            throw new InvalidProgramException($"{type}.{method.Name}: {fault.Message}", fault);
        }
        catch (Exception fault) when (fault is ArgumentException or TypeLoadException or FileNotFoundException or NotSupportedException or PlatformNotSupportedException or MissingMemberException or System.Security.VerificationException)
        {
            // Constraints that the filling does not meet; assemblies that this process does not have; other platforms.
            return false;
        }
    }

    private static Type? Filling(Type parameter)
    {
        if (parameter.IsGenericParameter && (parameter.GenericParameterAttributes & GenericParameterAttributes.NotNullableValueTypeConstraint) != 0) return typeof(int);
        var constraint = parameter.GetGenericParameterConstraints().FirstOrDefault(constraint => constraint.IsClass && !constraint.ContainsGenericParameters);
        return constraint ?? typeof(object);
    }
}
