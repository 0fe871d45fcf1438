namespace Observability.Logging;

/// <summary>The backend that a line's fields are named for.</summary>
public enum LineProfile
{
    /// <summary>timestamp, level, message, service, trace_id, span_id, then trace_flags, category, event_id, attributes, exception. Read by Loki, Fluent Bit, Fluentd, Alloy and the Collector.</summary>
    Default,

    /// <summary>The same as <see cref="Default"/>: its <c>level</c> comes before any nested object, which is what Loki's detection looks for.</summary>
    Loki,

    /// <summary>Elastic Common Schema 8, in the order of ecs-logging.</summary>
    Ecs,

    /// <summary>The field names of the OpenTelemetry log data model.</summary>
    OpenTelemetry,

    /// <summary>Structured logging of Google Cloud.</summary>
    GoogleCloud,

    /// <summary>The reserved and standard attributes of Datadog.</summary>
    Datadog,
}
