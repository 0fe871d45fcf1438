namespace Observability.Logging;

/// <summary>The outputs of all JSON line loggers of the process.</summary>
public static class JsonLinesOutput
{
    /// <summary>
    /// Waits until every line accepted so far is written. There is no need for it before a process ends, but before <see cref="Environment.FailFast(string)"/>, which runs no
    /// code at the end and cannot be noticed: without this, or a fatal line, which waits by itself, it can lose the lines of the last <see cref="JsonLinesOptions.LingerMilliseconds"/>.
    /// </summary>
    /// <param name="longest">The longest wait, at most 24 days; an output that stalls or fails is not waited for longer.</param>
    /// <returns>Whether all was written in time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or longer than 24 days.</exception>
    public static bool Flush(TimeSpan longest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(longest, TimeSpan.FromDays(24));
        return ProcessEnd.Flush((int)longest.TotalMilliseconds);
    }
}
