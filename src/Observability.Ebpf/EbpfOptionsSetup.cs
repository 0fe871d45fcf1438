using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Observability.Ebpf;

/// <summary>Reads the section, where the application has a configuration. Everything that cannot be read is told at once.</summary>
internal sealed class EbpfOptionsSetup(IConfiguration? configuration) : IConfigureOptions<EbpfOptions>
{
    public void Configure(EbpfOptions options)
    {
        if (configuration is null) return;
        var faults = new List<string>();
        foreach (var setting in configuration.GetSection(EbpfOptions.SectionName).GetChildren())
        {
            if (!Set(options, setting.Key, setting.Value))
                faults.Add($"{setting.Path}: '{setting.Value}' is no setting of this package. Use Enabled, Clients, Servers, Libraries, TcpInfo, KernelEvents or Threads with true or false, or Maps with a folder.");
        }
        if (faults.Count > 0) throw new OptionsValidationException(Options.DefaultName, typeof(EbpfOptions), faults);
    }

    private static bool Set(EbpfOptions options, string name, string? text)
    {
        if (name.Equals("Maps", StringComparison.OrdinalIgnoreCase) && Path.IsPathRooted(text))
        {
            options.Maps = text!;
            return true;
        }
        if (!bool.TryParse(text, out var value)) return false;
        switch (name.ToUpperInvariant())
        {
            case "ENABLED": options.Enabled = value; return true;
            case "CLIENTS": options.Clients = value; return true;
            case "SERVERS": options.Servers = value; return true;
            case "LIBRARIES": options.Libraries = value; return true;
            case "TCPINFO": options.TcpInfo = value; return true;
            case "KERNELEVENTS": options.KernelEvents = value; return true;
            case "THREADS": options.Threads = value; return true;
            default: return false;
        }
    }
}
