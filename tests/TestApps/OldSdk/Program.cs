using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

// An application with an OpenTelemetry SDK of its own, which keeps half of the names and drops the other half.
using var source = new ActivitySource("Shop.OwnSdk");
using (var provider = Sdk.CreateTracerProviderBuilder().AddSource("Shop.OwnSdk").SetSampler(new AlwaysOffSampler()).AddOtlpExporter().Build())
{
    for (var i = 0; i < 5; i++)
        using (var activity = source.StartActivity("dropped")) Console.WriteLine(activity?.Recorded ?? false);
}
using (var provider = Sdk.CreateTracerProviderBuilder().AddSource("Shop.OwnSdk").AddOtlpExporter().Build())
{
    using (var activity = source.StartActivity("kept")) Console.WriteLine(activity?.Recorded ?? false);
}
