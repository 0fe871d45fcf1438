namespace Observability.Sampling;

/// <summary>What can be wrong with one rule.</summary>
internal static class RuleFaults
{
    private const int MaxName = 100;
    private const int MaxPattern = 512;
    private const int MaxPatterns = 100;

    public static void Check(string at, SamplingRule rule, HashSet<string> names, FaultList faults)
    {
        if (rule is null)
        {
            faults.Add($"{at} is empty. Remove it.");
            return;
        }
        CheckName(at, rule.Name, names, faults);
        faults.Defined($"{at}:Parent", rule.Parent);
        if (rule.Kind is { } kind) faults.Defined($"{at}:Kind", kind);
        CheckPatterns($"{at}:SpanName", rule.SpanName, faults);
        CheckPatterns($"{at}:Method", rule.Method, faults);
        CheckPatterns($"{at}:Path", rule.Path, faults);
        CheckPatterns($"{at}:Host", rule.Host, faults);
        CheckPatterns($"{at}:UserAgent", rule.UserAgent, faults);
        CheckPatterns($"{at}:Service", rule.Service, faults);
        foreach (var (key, pattern) in rule.Attributes)
        {
            if (string.IsNullOrWhiteSpace(key)) faults.Add($"{at}:Attributes has an empty key. Name the attribute.");
            CheckPatterns($"{at}:Attributes:{key}", [pattern], faults);
        }
        foreach (var path in rule.Path)
        {
            if (path is { Length: > 0 } && path[0] is not ('/' or '*')) faults.Add($"{at}:Path has '{path}', which no path matches. Begin it with / or *.");
        }
        if (rule.Drop && (rule.Ratio != 1 || rule.MaxPerSecond is not null || rule.Burst is not null))
            faults.Add($"{at} drops and keeps: Drop stands beside Ratio, MaxPerSecond or Burst. Remove one of them.");
        SamplingOptionsValidator.CheckRate(at, rule.Ratio, rule.MaxPerSecond, rule.Burst, faults);
    }

    private static void CheckName(string at, string name, HashSet<string> names, FaultList faults)
    {
        if (string.IsNullOrWhiteSpace(name)) faults.Add($"{at}:Name is empty. Name the rule: metrics and the dry run speak of it by name.");
        else if (name.Length > MaxName) faults.Add($"{at}:Name has {name.Length} characters. Give {MaxName} at most.");
        else if (ReservedNames.All.Contains(name)) faults.Add($"{at}:Name is '{name}', the name of a built-in policy. Choose another.");
        else if (!names.Add(name)) faults.Add($"{at}:Name is '{name}', which another rule has. Choose another.");
    }

    private static void CheckPatterns(string at, string[] patterns, FaultList faults)
    {
        if (patterns is null)
        {
            faults.Add($"{at} is null. Give an empty list.");
            return;
        }
        if (patterns.Length > MaxPatterns) faults.Add($"{at} has {patterns.Length} patterns. Give {MaxPatterns} at most.");
        foreach (var pattern in patterns)
        {
            if (string.IsNullOrEmpty(pattern)) faults.Add($"{at} has an empty pattern, which nothing matches. Remove it, or write *.");
            else if (pattern.Length > MaxPattern) faults.Add($"{at} has a pattern of {pattern.Length} characters. Give {MaxPattern} at most.");
        }
    }
}
