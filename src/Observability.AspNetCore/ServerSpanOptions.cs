using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Observability.AspNetCore;

/// <summary>What an application adds to the spans of the requests that it serves.</summary>
public sealed class ServerSpanOptions
{
    /// <summary>
    /// Called for each recorded request just before its span ends. What it throws is contained and told as OBS5001.
    /// Default: none.
    /// </summary>
    public Action<Activity, HttpContext>? Enrich { get; set; }
}
