using Microsoft.Extensions.Options;
using Observability.Kubernetes.Hosting;

namespace Observability.Kubernetes;

/// <summary>The webhook's process.</summary>
internal static class Program
{
    /// <summary>Runs until it is told to stop; 1 when it cannot start.</summary>
    public static async Task<int> Main(string[] arguments)
    {
        try
        {
            await WebhookHost.Create(arguments).RunAsync();
            return 0;
        }
        catch (OptionsValidationException invalid)
        {
            foreach (var fault in invalid.Failures) await Console.Error.WriteLineAsync("observability-webhook: " + fault);
            return 1;
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException)
        {
            await Console.Error.WriteLineAsync("observability-webhook: " + exception.Message);
            return 1;
        }
    }
}
