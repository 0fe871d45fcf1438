namespace Observability.Prometheus.Tests;

/// <summary>
/// Expects scrapes that allocate nothing. The runtime charges a thread now and then for what no scrape does (code that is optimised
/// just then): a few bytes in one scrape of thousands, never in the same one. What is ours comes in every run, for the program is
/// the same in each.
/// </summary>
internal static class QuietRun
{
    private const int Most = 5;

    /// <param name="run">Runs the program from its beginning, and says what each scrape allocated that should have allocated nothing.</param>
    public static void Expect(Func<IEnumerable<(int Scrape, long Bytes)>> run)
    {
        var runs = new List<string>();
        while (runs.Count < Most)
        {
            runs.Add(string.Join(", ", run().Where(scrape => scrape.Bytes != 0).Select(scrape => $"{scrape.Bytes} B in scrape {scrape.Scrape}")));
            if (runs[^1].Length == 0) return;
        }
        Assert.Fail("Every run allocated: " + string.Join("; ", runs));
    }
}
