using System.Text.Json.Nodes;
using Observability.Kubernetes.Injection;
using Observability.Kubernetes.Metrics;

namespace Observability.Kubernetes.Admission;

/// <summary>Answers POST /mutate. A review is always answered with "allowed"; what is none is an error of the caller's.</summary>
internal sealed partial class MutateEndpoint(PodInjector injector, WebhookMetrics metrics, TimeProvider time, ILogger<MutateEndpoint> logger)
{
    /// <summary>Warnings longer than this are cut by the API server.</summary>
    private const int MaxWarning = 256;

    public async Task Answer(HttpContext context)
    {
        var start = time.GetTimestamp();
        try
        {
            if (!context.Request.HasJsonContentType())
            {
                metrics.Rejected();
                context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
                return;
            }
            var body = await RequestBody.Read(context.Request, context.RequestAborted);
            var answer = Judge(AdmissionReview.Read(body));
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(answer, context.RequestAborted);
        }
        catch (FormatException fault)
        {
            metrics.Rejected();
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(fault.Message, context.RequestAborted);
        }
        catch (BadHttpRequestException fault)
        {
            metrics.Rejected();
            context.Response.StatusCode = fault.StatusCode;
        }
        finally
        {
            metrics.Answered(time.GetElapsedTime(start));
        }
    }

    private string Judge(AdmissionRequest request)
    {
        if (request.Pod is null) return AdmissionReview.Allow(request.Uid, [], warning: null);
        try
        {
            var injection = injector.Inject(request.Pod, request.Namespace);
            metrics.Judged(injection.Outcome);
            if (injection.Outcome == InjectionOutcome.Refused) Refused(logger, request.Namespace, injection.Reason);
            return AdmissionReview.Allow(request.Uid, injection.Patch, injection.Outcome == InjectionOutcome.Refused ? Warning(injection.Reason) : null);
        }
        catch (Exception exception)
        {
            // Whatever a pod may look like, it is not for us to keep it from running.
            metrics.Failed();
            Failed(logger, exception);
            return AdmissionReview.Allow(request.Uid, new JsonArray(), "observability: the pod was left as it is, because judging it failed.");
        }
    }

    private static string Warning(string reason)
    {
        var text = "observability: not injected: " + reason;
        return text.Length <= MaxWarning ? text : text[..MaxWarning];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A pod in {space} was not injected: {reason}")]
    private static partial void Refused(ILogger logger, string? space, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A pod was let through untouched because judging it failed.")]
    private static partial void Failed(ILogger logger, Exception exception);
}
