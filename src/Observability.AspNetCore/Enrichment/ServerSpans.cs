using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Observability.AspNetCore.Enrichment;

/// <summary>
/// Completes ASP.NET Core's own server spans to the HTTP semantic conventions, or unmarks those that nobody wants.
/// <see href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span"/>
/// </summary>
internal sealed class ServerSpans : IObserver<KeyValuePair<string, object?>>
{
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";
    private const string Start = Request + ".Start";
    private const string Stop = Request + ".Stop";
    private const string Unhandled = "Microsoft.AspNetCore.Hosting.UnhandledException";

    private readonly IgnoredPaths _ignored;
    private readonly RequestAttributes _request;
    private readonly ResponseAttributes _response;
    private readonly Action<Activity, HttpContext>? _enrich;

    public ServerSpans(IOptions<ObservabilityOptions> options, IOptions<ServerSpanOptions> spans, IConfiguration? configuration = null)
    {
        var traces = options.Value.Traces;
        AreWanted = options.Value.Enabled && traces.Enabled;
        _ignored = new IgnoredPaths(traces.IgnoredPaths);
        var methods = new KnownMethods(configuration?[KnownMethods.Variable]);
        var ports = new BoxedNumbers();
        var original = new OriginalRequest(ports);
        _request = new RequestAttributes(methods, original, ports);
        _response = new ResponseAttributes(traces.RecordExceptions, methods, original);
        _enrich = spans.Value.Enrich;
    }

    public bool AreWanted { get; }

    /// <summary>ASP.NET Core writes the stop event only to who also hears the start and the bare name.</summary>
    public static bool Hears(string name) => name is Request or Start or Stop or Unhandled;

    public void OnNext(KeyValuePair<string, object?> value)
    {
        try
        {
            var activity = Activity.Current;
            if (activity is not { IsAllDataRequested: true, OperationName: Request }) return;
            // The four names are constants of the framework: their lengths tell them apart.
            switch (value.Key.Length)
            {
                case var length when length == Start.Length && value.Value is HttpContext context:
                    Started(activity, context);
                    break;
                case var length when length == Stop.Length && value.Value is HttpContext context:
                    Stopping(activity, context);
                    break;
                case var length when length == Unhandled.Length && value.Value is { } payload:
                    if (ExceptionOf(payload) is { } exception) _response.Failed(activity, exception);
                    break;
            }
        }
        catch (Exception failure)
        {
            AspNetCoreEventSource.Log.Contained("the enrichment of a server span", failure.GetType().FullName ?? "");
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private void Started(Activity activity, HttpContext context)
    {
        if (_ignored.Contains(context.Request.Path.Value))
        {
            // Children follow their parent's flag, so the request's client spans go with it.
            activity.IsAllDataRequested = false;
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            activity.TraceStateString = UnsampledTraceState.Of(activity.TraceStateString);
            return;
        }
        _request.AddTo(activity, context);
    }

    private void Stopping(Activity activity, HttpContext context)
    {
        _response.AddTo(activity, context);
        if (_enrich is null) return;
        try
        {
            _enrich(activity, context);
        }
        catch (Exception failure)
        {
            AspNetCoreEventSource.Log.Contained("the application's ServerSpanOptions.Enrich", failure.GetType().FullName ?? "");
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "ASP.NET Core writes the event with its public properties preserved.")]
    private static Exception? ExceptionOf(object payload) => payload.GetType().GetProperty("exception")?.GetValue(payload) as Exception;
}
