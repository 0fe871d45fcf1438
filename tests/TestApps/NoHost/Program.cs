using Microsoft.Extensions.Logging;
using Observability;

using var telemetry = ObservabilitySdk.Start();
Job.Run(telemetry.LoggerFactory.CreateLogger("NoHost"));
if (Environment.GetEnvironmentVariable("TestApp__End") == "throw") throw new InvalidOperationException("the crash of Main");
Job.End(Environment.GetEnvironmentVariable("TestApp__End"));
