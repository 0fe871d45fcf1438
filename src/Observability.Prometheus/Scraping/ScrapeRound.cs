using Observability.Prometheus.Formats;
using Observability.Prometheus.Rendering;

namespace Observability.Prometheus.Scraping;

/// <summary>Scrapes that share one collection; equal requests share one rendering too.</summary>
internal sealed class ScrapeRound
{
    private readonly List<(ScrapeFormat Format, string[]? Names, int Users)> _requests = [];
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ScrapeBody?[] _bodies = [];

    public Task Done => _done.Task;

    /// <summary>Adds a scrape; returns the number under which its body will be found.</summary>
    public int Add(ScrapeFormat format, string[]? names)
    {
        for (var i = 0; i < _requests.Count; i++)
        {
            var request = _requests[i];
            if (request.Format != format || !SameNames(request.Names, names)) continue;
            _requests[i] = request with { Users = request.Users + 1 };
            return i;
        }
        _requests.Add((format, names, 1));
        return _requests.Count - 1;
    }

    public void Render(ExpositionRenderer renderer)
    {
        var bodies = new ScrapeBody?[_requests.Count];
        for (var i = 0; i < bodies.Length; i++)
        {
            var body = renderer.Render(_requests[i].Format, _requests[i].Names);
            for (var user = 1; user < _requests[i].Users; user++) body.Acquire();
            bodies[i] = body;
        }
        _bodies = bodies;
    }

    public void Complete() => _done.TrySetResult();

    /// <summary>The body, after <see cref="Done"/>; null when the collection failed. The taker releases it.</summary>
    public ScrapeBody? Body(int number) => number < _bodies.Length ? _bodies[number] : null;

    private static bool SameNames(string[]? left, string[]? right) =>
        left is null || right is null ? left == right : left.AsSpan().SequenceEqual(right);
}
