using Microsoft.Extensions.Options;

namespace Observability.Kubernetes.Hosting;

/// <summary>Lists every fault of the settings: what, where, remedy.</summary>
internal sealed class WebhookOptionsValidator : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Image)) faults.Add("WEBHOOK_IMAGE is not set: name the image that installs the payload.");
        if (options.ImagePullPolicy is not ("Always" or "IfNotPresent" or "Never")) faults.Add($"WEBHOOK_IMAGEPULLPOLICY is '{options.ImagePullPolicy}': use Always, IfNotPresent or Never.");
        if (!IsAbsolutePath(options.MountPath)) faults.Add($"WEBHOOK_MOUNTPATH is '{options.MountPath}': use an absolute path without a colon, without a slash at its end.");
        if (!IsRelativePath(options.HookFile)) faults.Add($"WEBHOOK_HOOKFILE is '{options.HookFile}': use a path under WEBHOOK_MOUNTPATH without a colon.");
        if (!IsQuantity(options.SizeLimit)) faults.Add($"WEBHOOK_SIZELIMIT is '{options.SizeLimit}': use a quantity such as 200Mi.");
        foreach (var variable in options.Variables.Keys.Where(variable => !IsVariable(variable)))
            faults.Add($"WEBHOOK_VARIABLES__{variable} names no variable: use letters, digits and underscores.");
        Range(faults, "WEBHOOK_TLSPORT", options.TlsPort, 0, 65535);
        Range(faults, "WEBHOOK_HTTPPORT", options.HttpPort, 0, 65535);
        if (options.TlsPort == options.HttpPort && options.TlsPort != 0) faults.Add($"WEBHOOK_HTTPPORT is {options.HttpPort}, as WEBHOOK_TLSPORT: use another.");
        Range(faults, "WEBHOOK_CERTIFICATECHECKSECONDS", options.CertificateCheckSeconds, 1, 3600);
        Range(faults, "WEBHOOK_MAXREQUESTBYTES", options.MaxRequestBytes, 64 * 1024, 16 * 1024 * 1024);
        Range(faults, "WEBHOOK_MAXCONNECTIONS", options.MaxConnections, 1, 10_000);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Range(List<string> faults, string variable, int value, int least, int most)
    {
        if (value < least || value > most) faults.Add($"{variable} is {value}: use {least} to {most}.");
    }

    private static bool IsAbsolutePath(string path) => path.StartsWith('/') && IsRelativePath(path[1..]);

    /// <summary>A colon separates hooks in their list, a comma would be lost in others.</summary>
    private static bool IsRelativePath(string path) =>
        path.Split('/').All(part => part is not ("" or "." or "..")) && path.IndexOfAny([':', ',', ' ', '\n']) < 0;

    private static bool IsQuantity(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && text[0] != '0' && text[digits..] is "" or "k" or "M" or "G" or "Ki" or "Mi" or "Gi";
    }

    private static bool IsVariable(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
