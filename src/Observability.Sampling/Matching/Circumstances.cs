using System.Diagnostics;

namespace Observability.Sampling;

/// <summary>
/// A span's kind and its parent's whereabouts as one bit of a number, and a rule's demands on both as a set of such bits:
/// one test tells whether a rule speaks about a span at all.
/// </summary>
internal static class Circumstances
{
    private const int Kinds = 5;

    /// <summary>No parent; a local or remote one that may decide; a local or remote one that may not.</summary>
    private enum Place
    {
        Root,
        Local,
        Remote,
        LocalUndecided,
        RemoteUndecided,
    }

    public static uint Of(ActivityKind kind, ParentSituation situation, bool inherits)
    {
        var place = situation switch
        {
            ParentSituation.Local => inherits ? Place.Local : Place.LocalUndecided,
            ParentSituation.Remote => inherits ? Place.Remote : Place.RemoteUndecided,
            _ => Place.Root,
        };
        return Bit(kind, place);
    }

    public static uint Of(ActivityKind? kind, RuleParent parent)
    {
        uint bits = 0;
        foreach (var each in Enum.GetValues<ActivityKind>())
        {
            if (kind is { } wanted && wanted != each) continue;
            foreach (var place in Enum.GetValues<Place>()) bits |= Speaks(parent, place) ? Bit(each, place) : 0;
        }
        return bits;
    }

    private static uint Bit(ActivityKind kind, Place place) => (uint)kind < Kinds ? 1u << (((int)kind * Kinds) + (int)place) : 0;

    private static bool Speaks(RuleParent parent, Place place) => parent switch
    {
        RuleParent.Any => true,
        RuleParent.None => place == Place.Root,
        RuleParent.Local => place is Place.Local or Place.LocalUndecided,
        RuleParent.Remote => place is Place.Remote or Place.RemoteUndecided,
        _ => place is Place.Root or Place.LocalUndecided or Place.RemoteUndecided,
    };
}
