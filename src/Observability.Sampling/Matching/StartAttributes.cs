using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Observability.Sampling;

/// <summary>Reads the attributes that a span starts with, without allocating for the collections that .NET passes.</summary>
internal static class StartAttributes
{
    public static object? Find(IEnumerable<KeyValuePair<string, object?>>? attributes, string key)
    {
        switch (attributes)
        {
            case null:
                return null;
            case KeyValuePair<string, object?>[] array:
                foreach (var (name, value) in array) if (name == key) return value;
                return null;
            case TagList:
                ref var tags = ref Unsafe.Unbox<TagList>(attributes);
                for (var i = 0; i < tags.Count; i++) if (tags[i].Key == key) return tags[i].Value;
                return null;
            case IReadOnlyList<KeyValuePair<string, object?>> list:
                for (var i = 0; i < list.Count; i++) if (list[i].Key == key) return list[i].Value;
                return null;
            case ActivityTagsCollection collection:
                return collection.TryGetValue(key, out var found) ? found : null;
            default:
                foreach (var (name, value) in attributes) if (name == key) return value;
                return null;
        }
    }

    /// <summary>Takes the well-known facts in one pass.</summary>
    public static void Collect(IEnumerable<KeyValuePair<string, object?>>? attributes, ref SpanFacts facts)
    {
        switch (attributes)
        {
            case null:
                break;
            case KeyValuePair<string, object?>[] array:
                foreach (var (name, value) in array) Take(name, value, ref facts);
                break;
            case TagList:
                CollectTagList(ref Unsafe.Unbox<TagList>(attributes), ref facts);
                break;
            case IReadOnlyList<KeyValuePair<string, object?>> list:
                for (var i = 0; i < list.Count; i++)
                {
                    var (name, value) = list[i];
                    Take(name, value, ref facts);
                }
                break;
            case ActivityTagsCollection collection:
                foreach (var (name, value) in collection) Take(name, value, ref facts);
                break;
            default:
                foreach (var (name, value) in attributes) Take(name, value, ref facts);
                break;
        }
    }

    /// <summary>What ASP.NET Core passes; read where it is, because a copy of the whole list costs more than reading it.</summary>
    private static void CollectTagList(ref TagList tags, ref SpanFacts facts)
    {
        for (var i = 0; i < tags.Count; i++)
        {
            var (name, value) = tags[i];
            Take(name, value, ref facts);
        }
    }

    private static void Take(string name, object? value, ref SpanFacts facts)
    {
        // The length tells the keys apart but for two pairs; the text is compared once.
        switch (name.Length)
        {
            case 8 when name == "url.path": facts.Path = value as string; break;
            case 9 when name == "http.host": facts.Host ??= value as string; break;
            case 11 when name == "http.target": facts.Path ??= WithoutQuery(value as string); break;
            case 11 when name == "http.method": facts.Method ??= value as string; break;
            case 14 when name == "server.address": facts.Host = value as string; break;
            case 15 when name == "http.user_agent": facts.UserAgent ??= value as string; break;
            case 17 when name == "sampling.priority": facts.Priority = value; break;
            case 19 when name == "http.request.method": facts.Method = value as string; break;
            case 19 when name == "user_agent.original": facts.UserAgent = value as string; break;
        }
    }

    private static string? WithoutQuery(string? target) =>
        target?.IndexOf('?', StringComparison.Ordinal) is int at and >= 0 ? target[..at] : target;
}
