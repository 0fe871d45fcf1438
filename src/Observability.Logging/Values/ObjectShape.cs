using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Observability.Logging;

/// <summary>The readable public properties of a type, found once.</summary>
internal sealed class ObjectShape
{
    private const int Most = 1_024;
    private static readonly ConcurrentDictionary<Type, ObjectShape> s_shapes = new();

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A property that the trimmer removed is one that nobody reads: it is left out of the line.")]
    private ObjectShape(Type type)
    {
        IsAwaitable = type.GetMethod("GetAwaiter", BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes) is not null;
        Members = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0 && !property.PropertyType.IsByRefLike && !property.PropertyType.IsPointer)
            .Select(property => new Member(property))
            .ToArray();
    }

    /// <summary>Whether it is a task or the like, whose properties wait for a result: it is never taken apart.</summary>
    public bool IsAwaitable { get; }

    public Member[] Members { get; }

    public static ObjectShape Of(Type type)
    {
        if (s_shapes.TryGetValue(type, out var shape)) return shape;
        shape = new ObjectShape(type);
        if (s_shapes.Count < Most) s_shapes.TryAdd(type, shape);
        return shape;
    }

    internal sealed class Member(PropertyInfo property)
    {
        public string Name { get; } = property.Name;

        public bool IsRedacted { get; } = property.IsDefined(typeof(RedactedAttribute), true);

        public object? Read(object owner) => property.GetValue(owner);
    }
}
