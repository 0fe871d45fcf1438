using Microsoft.Extensions.Options;
using Observability.Kubernetes.Hosting;

namespace Observability.Kubernetes.Tests.Hosting;

public class SettingsTests
{
    [Fact]
    public async Task Bad_settings_end_the_start_with_all_that_is_wrong()
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => RunningWebhook.Start(
            "--Image=", "--ImagePullPolicy=Sometimes", "--MountPath=opt/x", "--HookFile=a:b.dll", "--SizeLimit=much", "--Variables:A-B=c", "--TlsPort=70000", "--HttpPort=-1",
            "--CertificateCheckSeconds=0", "--MaxRequestBytes=1", "--MaxConnections=0"));
        string[] named = ["WEBHOOK_IMAGE ", "WEBHOOK_IMAGEPULLPOLICY", "WEBHOOK_MOUNTPATH", "WEBHOOK_HOOKFILE", "WEBHOOK_SIZELIMIT", "WEBHOOK_VARIABLES__A-B", "WEBHOOK_TLSPORT", "WEBHOOK_HTTPPORT",
            "WEBHOOK_CERTIFICATECHECKSECONDS", "WEBHOOK_MAXREQUESTBYTES", "WEBHOOK_MAXCONNECTIONS"];
        Assert.Equal(named.Length, fault.Failures.Count());
        Assert.All(named, name => Assert.Contains(fault.Failures, failure => failure.StartsWith(name, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("--Variables:OTEL_SERVICE_NAME=x", "OTEL_SERVICE_NAME")]
    [InlineData("--Variables:Observability:Logs:Json=x", "Observability__Logs__Json")]
    [InlineData("--Variables:Observability__Logs__Json=x", "Observability__Logs__Json")]
    [InlineData("--Variables:Observability:Traces:IgnoredPaths:0=x", "Observability__Traces__IgnoredPaths__0")]
    public async Task A_variable_keeps_its_name_whichever_way_its_double_underscores_were_read(string setting, string name)
    {
        await using var webhook = await RunningWebhook.Start(setting);
        Assert.Equal(name, Assert.Single(webhook.Options.Variables, pair => pair.Value == "x").Key);
    }

    [Theory]
    [InlineData("/opt/observability", true)]
    [InlineData("/", false)]
    [InlineData("/opt/observability/", false)]
    [InlineData("/opt/../etc", false)]
    [InlineData("/opt/a:b", false)]
    [InlineData("", false)]
    public void A_mount_path_is_absolute_and_can_stand_in_a_list_of_hooks(string path, bool good) =>
        Assert.Equal(good, new WebhookOptionsValidator().Validate(null, new WebhookOptions { Image = "x", MountPath = path }).Succeeded);
}
