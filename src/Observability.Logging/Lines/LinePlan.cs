namespace Observability.Logging;

/// <summary>All that composing a line needs, made once from the settings and replaced whole when they change.</summary>
internal sealed class LinePlan
{
    public LinePlan(JsonLinesOptions options, LineFormat format, LoggingHealth health, TimeProvider time, LineControl control)
    {
        Format = format;
        Health = health;
        Time = time;
        Control = control;
        MaxLineBytes = options.MaxLineBytes;
        MaxDepth = options.MaxDepth;
        MaxItems = options.MaxItems;
        IncludeScopes = options.IncludeScopes;
        var patterns = new RedactionPatterns(options.Redaction);
        Patterns = patterns.Any ? patterns : null;
        Redacted = new RedactedNames(options.Redaction);
        Replacement = options.Redaction.Replacement;
        Mask = JsonText.Encode(options.Redaction.Replacement, 256);
        Keys = new KeyCache(format, Redacted);
        Templates = new TemplateCache(Keys, RedactedParameters.OfProcess);
        ScopeKey = Keys.Get("scope");
        StateKey = Keys.Get("state");
    }

    public LineFormat Format { get; }

    public LoggingHealth Health { get; }

    public TimeProvider Time { get; }

    /// <summary>Rate limit and trace sampling.</summary>
    public LineControl Control { get; }

    public int MaxLineBytes { get; }

    public int MaxDepth { get; }

    public int MaxItems { get; }

    public bool IncludeScopes { get; }

    /// <summary>Null when none is configured.</summary>
    public RedactionPatterns? Patterns { get; }

    public RedactedNames Redacted { get; }

    /// <summary>What stands for a hidden value.</summary>
    public string Replacement { get; }

    public byte[] Mask { get; }

    public KeyCache Keys { get; }

    public TemplateCache Templates { get; }

    /// <summary>The attribute of scopes that have a text and no items.</summary>
    public Key ScopeKey { get; }

    /// <summary>The attribute that names a log state which threw.</summary>
    public Key StateKey { get; }
}
