using Observability.Kubernetes.Hosting;

try
{
    await WebhookHost.Create(args).RunAsync();
    return 0;
}
catch (Exception exception) when (exception is Microsoft.Extensions.Options.OptionsValidationException or InvalidOperationException or IOException)
{
    await Console.Error.WriteLineAsync("observability-webhook: " + exception.Message);
    return 1;
}
