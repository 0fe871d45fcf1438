namespace Observability.Logging;

/// <summary>The format that the settings and the terminal ask for.</summary>
internal static class FormatFactory
{
    public static LineFormat Create(JsonLinesOptions options, Terminal terminal)
    {
        var interactive = terminal.IsInteractive(options.Destination);
        if (options.Rendering == LineRendering.Text || (options.Rendering == LineRendering.Auto && interactive))
            return new TerminalFormat(interactive && terminal.HasColours);
        return options.Profile switch
        {
            LineProfile.Ecs => new EcsFormat(options),
            LineProfile.OpenTelemetry => new OpenTelemetryFormat(options),
            LineProfile.GoogleCloud => new GoogleCloudFormat(options),
            LineProfile.Datadog => new DatadogFormat(options),
            _ => new DefaultFormat(options),
        };
    }
}
