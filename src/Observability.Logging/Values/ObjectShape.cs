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
        var hidden = RedactedParameters(type);
        Members = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0 && !property.PropertyType.IsByRefLike && !property.PropertyType.IsPointer)
            .Select(property => new Member(property, hidden.Contains(property.Name)))
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

    /// <summary>What constructors' parameters are marked: on a record's parameter the attribute belongs to it, not to the property that the parameter makes.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A constructor that the trimmer removed makes no object; the property keeps its name.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A constructor that the trimmer removed makes no object; the property keeps its name.")]
    private static HashSet<string> RedactedParameters(Type type)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var at = type; at is not null; at = at.BaseType)
        {
            foreach (var constructor in at.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
            {
                foreach (var parameter in constructor.GetParameters())
                    if (parameter.Name is { } name && parameter.IsDefined(typeof(RedactedAttribute), false)) names.Add(name);
            }
        }
        return names;
    }

    internal sealed class Member(PropertyInfo property, bool hidden)
    {
        public string Name { get; } = property.Name;

        // A property's own method does not look at the property that it overrides.
        public bool IsRedacted { get; } = hidden || Attribute.IsDefined(property, typeof(RedactedAttribute), true);

        /// <summary>Whether what the property holds can have no names inside.</summary>
        public bool IsScalar { get; } = JsonValue.IsScalar(property.PropertyType);

        public object? Read(object owner) => property.GetValue(owner);
    }
}
