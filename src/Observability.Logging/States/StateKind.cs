using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Observability.Logging;

/// <summary>
/// What is known of a type of states. Of those that <see cref="LoggerMessage"/> and the generator of <c>[LoggerMessage]</c> make, it reads the values without boxing
/// them. Where that is impossible (ahead-of-time compilation, another layout) the indexer does.
/// </summary>
internal sealed class StateKind<TState>
{
    /// <summary>Looked up once a call: for a state that holds a string the runtime has to find it by the type.</summary>
    public static readonly StateKind<TState> Instance = new();

    private readonly bool _isGenerated;
    private StateReaders<TState>? _readers;
    private bool _refused;

    private StateKind()
    {
        IsOwn = typeof(TState).Assembly == typeof(LoggerMessage).Assembly;
        MayBeConstant = IsOwn && !typeof(TState).IsGenericType;
        if (!RuntimeFeature.IsDynamicCodeSupported) return;
        if (IsOwn) _readers = Contained(OwnState<TState>.Compile);
        else _isGenerated = GeneratedState<TState>.Is;
    }

    /// <summary>Whether it is one of Microsoft.Extensions.Logging's own, whose text is its template, rendered.</summary>
    public bool IsOwn { get; }

    /// <summary>Whether it is one of those that may have no values; the others have one for each type parameter.</summary>
    public bool MayBeConstant { get; }

    /// <summary>Whether the template says how the text comes about.</summary>
    public bool IsKnown => IsOwn || _isGenerated;

    /// <summary>What reads this state for this template, or null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StateReaders<TState>? Readers(in TState state, Template template)
    {
        var readers = _readers;
        if (readers is not null) return readers.Holes == template.Holes.Length ? readers : null;
        return _isGenerated && !_refused ? Generate(state, template) : null;
    }

    /// <summary>A generated state's template is a constant of its type, so that the first call's serves all.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private StateReaders<TState>? Generate(TState state, Template template)
    {
        var readers = Contained(() => GeneratedState<TState>.Compile(state, template));
        _refused = readers is null;
        return _readers = readers;
    }

    private static StateReaders<TState>? Contained(Func<StateReaders<TState>?> compile)
    {
        try
        {
            return compile();
        }
        catch (Exception fault) when (fault is NotSupportedException or ArgumentException or InvalidOperationException or MemberAccessException)
        {
            return null;
        }
    }
}
