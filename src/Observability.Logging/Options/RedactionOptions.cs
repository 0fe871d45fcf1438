namespace Observability.Logging;

/// <summary>Which values are hidden, in messages and attributes alike.</summary>
public sealed class RedactionOptions
{
    /// <summary>Hides the values of well-known secret names: passwords, tokens, keys, cookies, connection strings. Default: true.</summary>
    public bool WellKnownNames { get; set; } = true;

    /// <summary>Names of attributes whose values are hidden, whatever their case and with or without <c>_</c>, <c>-</c> and <c>.</c>; a name that ends with one of them, or with its plural, counts. One of four letters or
    /// fewer counts from a word's start only: <c>pin</c> hides <c>UserPin</c> and <c>user_pin</c>, not <c>shopin</c>. Default: none.</summary>
    public string[] Names { get; set; } = [];

    /// <summary>Names that are never hidden, compared whole. Default: none.</summary>
    public string[] KeepNames { get; set; } = [];

    /// <summary>
    /// Keeps the values of a URL's query, which otherwise are hidden in attributes named <c>QueryString</c>, <c>url.query</c> or <c>http.target</c>, and in the messages that
    /// they belong to, as ASP.NET Core's lines about each request do. Names stay in any case. Default: false.
    /// </summary>
    public bool KeepQueryValues { get; set; }

    /// <summary>Regular expressions; what they match in messages, string values and exceptions is replaced. They run without backtracking, so that no input can stall a caller. Default: none.</summary>
    public string[] Patterns { get; set; } = [];

    /// <summary>What is written in place of a hidden value. Default: <c>***</c>.</summary>
    public string Replacement { get; set; } = "***";
}
