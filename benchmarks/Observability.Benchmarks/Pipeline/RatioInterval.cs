namespace Observability.Benchmarks.Pipeline;

/// <summary>How far the ratio of two overheads is known: processes and their rounds are drawn anew, with replacement, and the ratio is taken of each draw.</summary>
internal static class RatioInterval
{
    private const int Draws = 2_000;

    /// <param name="each">Rounds of each process.</param>
    /// <returns>Between which values 95 % of the draws lie.</returns>
    public static (double Low, double High) Of(List<Measured> ours, List<Measured> hand, List<Measured> bare, int each)
    {
        var random = new Random(1);
        var ratios = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            var processes = Enumerable.Range(0, bare.Count / each).Select(_ => random.Next(bare.Count / each)).ToList();
            var rounds = processes.SelectMany(process => Enumerable.Range(0, each).Select(_ => (process * each) + random.Next(each))).ToList();
            ratios[draw] = Measured.Median(rounds.Select(i => ours[i] - bare[i])).Microseconds / Measured.Median(rounds.Select(i => hand[i] - bare[i])).Microseconds;
        }
        Array.Sort(ratios);
        return (ratios[Draws / 40], ratios[Draws - 1 - Draws / 40]);
    }
}
