using System.Globalization;

namespace Observability.Prometheus.Tests.Edges;

/// <summary>Names, texts and numbers: some that are known to hurt, some that nobody thought of.</summary>
internal sealed class FuzzedWords(Random random)
{
    private static readonly string[] Keys =
    [
        "le", "quantile", "__name__", "__", "_", "otel_scope_name", "otel.scope.version", "otel_series", "exported_le", "", "a.b", "a_b", "a-b", "a b", "0", "🔑",
        "ключ", "trace_id", "span.id", "\"", "\\", "\n", "{", "}", "=", ",", "#", "\0", "service", "U__", "_2e_", "__address__",
    ];

    private static readonly string[] Units =
        ["", "s", "ms", "By", "1", "%", "{request}", "By/s", "{a}/{b}", "/", "m/", "/s", "total", "_total", "bucket", "count", "sum", "info", "created", "KiBy", "°", "a.b", "__", "\u0001"];

    private static readonly string[] Stems = ["x", "a.b", "a_b", "a/b", "A", "lat", "n.total", "total", "n_count", "n_sum", "n_bucket", "n_created", "n_info", "target", "target_info", "s", "by.s"];

    private static readonly double[] Numbers =
        [0, -0.0, 1, -1, 0.1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, double.Epsilon, 1e15, 1e16, 1e-5, 123456789.125, long.MaxValue];

    public int Next(int from, int to) => random.Next(from, to);

    public bool Chance(int of) => random.Next(of) == 0;

    public string Key() => Chance(3) ? Text() : Keys[random.Next(Keys.Length)];

    public string? Unit() => Chance(4) ? null : Units[random.Next(Units.Length)];

    /// <summary>An instrument's name as far as the SDK takes it, now and then beyond.</summary>
    public string Name() => Stems[random.Next(Stems.Length)] + (random.Next(5) switch
    {
        0 => "",
        1 => "." + Units[random.Next(Units.Length)],
        2 => new string('n', random.Next(1, 240)),
        3 => "_" + random.Next(3),
        _ => "_-./"[random.Next(4)].ToString(),
    });

    public double Number() => Chance(2) ? Numbers[random.Next(Numbers.Length)] : (random.NextDouble() - 0.2) * Math.Pow(10, random.Next(-12, 12));

    /// <summary>Any UTF-16 code units, surrogates without their partner and controls too.</summary>
    public string Text()
    {
        if (Chance(4)) return Keys[random.Next(Keys.Length)];
        var characters = new char[random.Next(0, 12)];
        foreach (ref var character in characters.AsSpan()) character = Chance(2) ? (char)random.Next(0x80) : (char)random.Next(0x10000);
        return new string(characters);
    }

    public KeyValuePair<string, object?>[] Tags()
    {
        var tags = new KeyValuePair<string, object?>[random.Next(0, 6)];
        // The server's own labels are an edge case by themselves: it renames them.
        foreach (ref var tag in tags.AsSpan()) tag = new(Key(), Value());
        return [.. tags.DistinctBy(tag => tag.Key)];
    }

    public double[] Bounds()
    {
        var bounds = Enumerable.Range(0, random.Next(0, 8)).Select(_ => Math.Round(Number(), 6)).Where(double.IsFinite);
        return [.. bounds.Select(bound => bound == 0 ? 0 : bound).Distinct().Order()];
    }

    private object? Value() => random.Next(8) switch
    {
        0 => null,
        1 => random.Next(),
        2 => Number(),
        3 => Chance(2),
        4 => new[] { Text(), Text() },
        5 => new DateTime(random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc),
        6 => Text() + random.Next(3).ToString(CultureInfo.InvariantCulture),
        _ => Text(),
    };
}
