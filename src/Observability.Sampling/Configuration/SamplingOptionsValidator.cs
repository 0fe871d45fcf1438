using Microsoft.Extensions.Options;

namespace Observability.Sampling;

/// <summary>Judges <see cref="SamplingOptions"/> as a whole and lists every fault: what, where, remedy.</summary>
/// <remarks>
/// <see cref="SamplerFactory"/> judges by itself. Registered as a service it would make <see cref="IOptionsMonitor{TOptions}"/>
/// throw into whoever reloads the configuration; <c>AddSamplingOptions</c> therefore does not.
/// </remarks>
public sealed class SamplingOptionsValidator : IValidateOptions<SamplingOptions>
{
    private const string Root = SamplingOptions.SectionName;
    private const int MaxRules = 200;
    private const double MaxRate = 1_000_000;

    private readonly Func<string, string?> _environment;

    /// <summary>Makes a validator that checks no secret.</summary>
    public SamplingOptionsValidator()
        : this(null)
    {
    }

    /// <summary>Makes a validator that also checks that the secret of forced sampling is there.</summary>
    /// <param name="readEnvironment">Reads an environment variable or configuration key; null when there is nothing to read.</param>
    public SamplingOptionsValidator(Func<string, string?>? readEnvironment) => _environment = readEnvironment ?? (static _ => null);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SamplingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new FaultList(options.ReadingFaults);
        faults.Defined($"{Root}:Parent", options.Parent);
        CheckRules(options, faults);
        CheckRate($"{Root}:Default", options.Default.Ratio, options.Default.MaxPerSecond, options.Default.Burst, faults);
        faults.Defined($"{Root}:Default:Algorithm", options.Default.Algorithm);
        CheckRate($"{Root}:Limit", 1, options.Limit.MaxPerSecond, options.Limit.Burst, faults);
        faults.Within($"{Root}:Fairness:MinPerMinute", options.Fairness.MinPerMinute, 0, 1000);
        faults.Within($"{Root}:Fairness:MaxOperations", options.Fairness.MaxOperations, 16, 65_536);
        CheckForce(options.Force, faults);
        CheckRemote(options, faults);
        faults.Within($"{Root}:Tail:SlowMs", options.Tail.SlowMs, 0, 3_600_000);
        faults.Within($"{Root}:Tail:MaxMiB", options.Tail.MaxMiB, 1, 4096);
        faults.Within($"{Root}:Tail:MaxTraces", options.Tail.MaxTraces, 1, 1_000_000);
        faults.Within($"{Root}:Tail:MaxAgeSeconds", options.Tail.MaxAgeSeconds, 1, 3600);
        return faults.Result();
    }

    private static void CheckRules(SamplingOptions options, FaultList faults)
    {
        if (options.Rules.Count > MaxRules) faults.Add($"{Root}:Rules holds {options.Rules.Count} rules. Give {MaxRules} at most.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < options.Rules.Count; i++) RuleFaults.Check($"{Root}:Rules:{i}", options.Rules[i], names, faults);
    }

    internal static void CheckRate(string at, double ratio, double? perSecond, double? burst, FaultList faults)
    {
        faults.Within($"{at}:Ratio", ratio, 0, 1);
        if (ratio is > 0 and < Threshold.MinProbability) faults.Add($"{at}:Ratio is below 2^-56, the smallest probability. Give 0 to drop.");
        if (perSecond is { } rate && !(rate is > 0 and <= MaxRate)) faults.Add($"{at}:MaxPerSecond is {FaultList.Text(rate)}. Give more than 0 and at most {MaxRate:0}; Drop or Ratio 0 keeps nothing.");
        if (burst is not { } tokens) return;
        if (!(tokens is >= 1 and <= MaxRate)) faults.Add($"{at}:Burst is {FaultList.Text(tokens)}. Give 1 to {MaxRate:0}.");
        if (perSecond is null) faults.Add($"{at}:Burst stands without MaxPerSecond. Set MaxPerSecond, or remove Burst.");
    }

    private void CheckForce(SamplingForceOptions force, FaultList faults)
    {
        if (!(force.MaxPerSecond is > 0 and <= 1000)) faults.Add($"{Root}:Force:MaxPerSecond is {FaultList.Text(force.MaxPerSecond)}. Give more than 0 and at most 1000.");
        faults.Within($"{Root}:Force:MaxTokenAgeSeconds", force.MaxTokenAgeSeconds, 1, 86_400);
        var carried = !string.IsNullOrEmpty(force.Header) || !string.IsNullOrEmpty(force.Baggage);
        if (!carried) return;
        var secret = force.Secret ?? (string.IsNullOrEmpty(force.SecretEnv) ? null : _environment(force.SecretEnv));
        if (string.IsNullOrEmpty(secret))
            faults.Add($"{Root}:Force has no secret: {(string.IsNullOrEmpty(force.SecretEnv) ? "SecretEnv is not set" : force.SecretEnv + " is empty")}. Name a variable in SecretEnv and give it the shared secret, or remove Header and Baggage.");
        else if (secret.Length < 16)
            faults.Add($"{Root}:Force has a secret of {secret.Length} characters. Give at least 16.");
    }

    private static void CheckRemote(SamplingOptions options, FaultList faults)
    {
        var remote = options.Remote;
        faults.Within($"{Root}:Remote:PollMs", remote.PollMs, 100, 86_400_000);
        faults.Within($"{Root}:Remote:TimeoutMs", remote.TimeoutMs, 10, 60_000);
        if (remote.InitialRatio is { } ratio) faults.Within($"{Root}:Remote:InitialRatio", ratio, 0, 1);
        if (string.IsNullOrEmpty(remote.Jaeger)) return;
        if (!Uri.TryCreate(remote.Jaeger, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            faults.Add($"{Root}:Remote:Jaeger is {FaultList.Address(remote.Jaeger)}. Give an http or https address.");
    }
}
