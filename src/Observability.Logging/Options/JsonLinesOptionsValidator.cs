using System.Numerics;
using Microsoft.Extensions.Options;

namespace Observability.Logging;

/// <summary>Lists every fault of the settings at once: what, where, remedy.</summary>
internal sealed class JsonLinesOptionsValidator : IValidateOptions<JsonLinesOptions>
{
    public ValidateOptionsResult Validate(string? name, JsonLinesOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = new List<string>(options.Unreadable);
        Queue(options, faults);
        Values(options, faults);
        Destination(options, faults);
        Redaction(options.Redaction, faults);
        Control(options, faults);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Queue(JsonLinesOptions options, List<string> faults)
    {
        Range(faults, nameof(options.MaxQueueBytes), options.MaxQueueBytes, 1 << 20, 1 << 30);
        Range(faults, nameof(options.MaxLineBytes), options.MaxLineBytes, 4_096, 1 << 20);
        if (options.MaxQueueBytes / 8 < options.MaxLineBytes)
            faults.Add($"MaxQueueBytes is {options.MaxQueueBytes}, less than eight lines of MaxLineBytes {options.MaxLineBytes}: raise MaxQueueBytes or lower MaxLineBytes.");
        Known(faults, nameof(options.WhenFull), options.WhenFull);
        Range(faults, nameof(options.FullWaitMilliseconds), options.FullWaitMilliseconds, 1, 60_000);
        Range(faults, nameof(options.LingerMilliseconds), options.LingerMilliseconds, 1, 10_000);
        Range(faults, nameof(options.ExitWaitMilliseconds), options.ExitWaitMilliseconds, 0, 60_000);
        Range(faults, nameof(options.FatalWaitMilliseconds), options.FatalWaitMilliseconds, 0, 10_000);
    }

    private static void Values(JsonLinesOptions options, List<string> faults)
    {
        Known(faults, nameof(options.Profile), options.Profile);
        Known(faults, nameof(options.Rendering), options.Rendering);
        Range(faults, nameof(options.MaxDepth), options.MaxDepth, 1, 16);
        Range(faults, nameof(options.MaxItems), options.MaxItems, 1, 4_096);
    }

    private static void Destination(JsonLinesOptions options, List<string> faults)
    {
        Known(faults, nameof(options.Destination), options.Destination);
        if (options.Destination != LineDestination.File) return;
        var file = options.File;
        if (string.IsNullOrWhiteSpace(file.Path)) faults.Add("File:Path is empty while Destination is File: name the file to write.");
        Range(faults, "File:MaxBytes", file.MaxBytes, 64L << 10, 1L << 40);
        Range(faults, "File:MaxAgeMinutes", file.MaxAgeMinutes, 0, 525_600);
        Range(faults, "File:KeepFiles", file.KeepFiles, 0, 10_000);
    }

    private static void Redaction(RedactionOptions redaction, List<string> faults)
    {
        for (var i = 0; i < redaction.Patterns.Length; i++)
        {
            try
            {
                _ = RedactionPatterns.Compile(redaction.Patterns[i]);
            }
            catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
            {
                faults.Add($"Redaction:Patterns:{i} is no pattern that runs without backtracking ({fault.Message}): write it without lookarounds, backreferences and atomic groups.");
            }
        }
        for (var i = 0; i < redaction.Names.Length; i++)
            if (RedactedNames.Fold(redaction.Names[i]).Length == 0) faults.Add($"Redaction:Names:{i} has no letter or digit and would hide every attribute: name the attribute.");
        if (redaction.Replacement is null) faults.Add("Redaction:Replacement is missing: give a text, which may be empty.");
    }

    private static void Control(JsonLinesOptions options, List<string> faults)
    {
        Range(faults, "RateLimit:LinesPerSecond", options.RateLimit.LinesPerSecond, 0, 1_000_000);
        Range(faults, "RateLimit:Burst", options.RateLimit.Burst, 1, 1_000_000);
        Known(faults, "RateLimit:UpTo", options.RateLimit.UpTo);
        Range(faults, "TraceSampling:UnsampledRatio", options.TraceSampling.UnsampledRatio, 0, 1);
        Known(faults, "TraceSampling:UpTo", options.TraceSampling.UpTo);
    }

    private static void Range<T>(List<string> faults, string where, T value, T least, T most) where T : INumber<T>
    {
        if (!(value >= least && value <= most)) faults.Add($"{where} is {value}, outside {least} to {most}: choose a value in that range.");
    }

    private static void Known<T>(List<string> faults, string where, T value) where T : struct, Enum
    {
        if (!Enum.IsDefined(value)) faults.Add($"{where} is {value}, which is none of {string.Join(", ", Enum.GetNames<T>())}: choose one of them.");
    }
}
