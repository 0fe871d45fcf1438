using System.Collections.Concurrent;

namespace Observability.Diagnostics;

/// <summary>
/// Tells events of one kind: those of one id whose words are the same from beginning to end. Numbers change from event to event and tell nothing, except in a name.
/// </summary>
internal sealed class DiagnosticKinds
{
    /// <summary>Of one id. A message may repeat what others sent; what is new in an id beyond this many kinds is one kind.</summary>
    private const int MostKinds = 100;

    private readonly ConcurrentDictionary<int, KindsOfAnId> _ids = new();

    public Quiet Of(DiagnosticEvent diagnostic) => _ids.GetOrAdd(diagnostic.Id, static _ => new KindsOfAnId()).Of(Words(diagnostic.Message));

    /// <summary>FNV-1a over 64 bits: a table of messages as they are would be as large as they are.</summary>
    private static ulong Words(string message)
    {
        var hash = 14695981039346656037UL;
        var inName = false;
        foreach (var character in message)
        {
            if (!char.IsAsciiDigit(character)) inName = char.IsLetter(character) || character == '_';
            else if (!inName) continue;
            hash = (hash ^ character) * 1099511628211UL;
        }
        return hash;
    }

    private sealed class KindsOfAnId
    {
        private readonly ConcurrentDictionary<ulong, Quiet> _kinds = new();
        private readonly Quiet _others = new();

        public Quiet Of(ulong words)
        {
            if (_kinds.TryGetValue(words, out var quiet)) return quiet;
            return _kinds.Count < MostKinds ? _kinds.GetOrAdd(words, static _ => new Quiet()) : _others;
        }
    }
}
