namespace Observability.Tests.Configuration;

/// <summary>A certificate or key that could not be used is told at the start, not by the first export.</summary>
public sealed class PemFileTests : IDisposable
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";

    private readonly PemPair _pair = new();
    private readonly PemPair _other = new();

    public static TheoryData<string, string, string> Settings => new()
    {
        { "Certificate", "CERTIFICATE", "empty" },
        { "Certificate", "CERTIFICATE", "garbage" },
        { "Certificate", "CERTIFICATE", "key" },
        { "Certificate", "CERTIFICATE", "half" },
        { "ClientCertificate", "CLIENT_CERTIFICATE", "garbage" },
        { "ClientKey", "CLIENT_KEY", "garbage" },
        { "ClientKey", "CLIENT_KEY", "certificate" },
        { "ClientKey", "CLIENT_KEY", "locked" },
        { "Logs:ClientKey", "LOGS_CLIENT_KEY", "garbage" },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_file_of_something_else_stops_the_start_in_the_section_and_is_ignored_in_a_variable(string setting, string variable, string content)
    {
        var path = FileOf(content);
        var fault = Assert.Single(Configured.Faults(Complete("Observability:Otlp:", setting, path)), fault => fault.Contains(path, StringComparison.Ordinal));
        Assert.StartsWith($"Observability:Otlp:{setting} is '{path}': set it to the path of a PEM file", fault, StringComparison.Ordinal);
        Assert.Contains(Configured.By((Prefix + variable, path)).IgnoredVariables, told => told.StartsWith($"The variable {Prefix}{variable} is '{path}' and was ignored: set it to the path of a PEM file", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void A_file_that_cannot_be_read_is_told_as_such()
    {
        const string Unreadable = "/proc/self/mem";
        Skip.IfNot(File.Exists(Unreadable), Unreadable + ", a file that cannot be read from its beginning");
        Assert.Contains("that this process may read", Assert.Single(Configured.Faults(("Observability:Otlp:Certificate", Unreadable))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_another_certificate_stops_the_start_in_the_section()
    {
        var fault = Assert.Single(Configured.Faults(("Observability:Otlp:Metrics:ClientCertificate", _pair.Certificate), ("Observability:Otlp:Metrics:ClientKey", _other.Key)));
        Assert.Equal("Observability:Otlp:Metrics has a ClientKey that is not the key of its ClientCertificate: set both to files that belong together.", fault);
    }

    [Fact]
    public void A_key_of_another_certificate_is_ignored_in_a_variable_with_its_certificate()
    {
        var options = Configured.By((Prefix + "CLIENT_CERTIFICATE", _pair.Certificate), (Prefix + "CLIENT_KEY", _other.Key));
        Assert.Contains(Prefix + "CLIENT_KEY", Assert.Single(options.IgnoredVariables), StringComparison.Ordinal);
        Assert.Equivalent(new OtlpOptions(), options.Otlp, strict: true);
    }

    [Fact]
    public void Files_that_belong_together_are_taken()
    {
        var options = Configured.By((Prefix + "CERTIFICATE", _other.Certificate), (Prefix + "CLIENT_CERTIFICATE", _pair.Certificate), (Prefix + "CLIENT_KEY", _pair.Key)).Otlp;
        Assert.Equal((_other.Certificate, _pair.Certificate, _pair.Key), (options.Certificate, options.ClientCertificate, options.ClientKey));
    }

    public void Dispose()
    {
        _pair.Dispose();
        _other.Dispose();
    }

    private string FileOf(string content) => content switch
    {
        "certificate" => _pair.Certificate,
        "key" => _pair.Key,
        "locked" => _pair.KeyWithPassword,
        "half" => _pair.File("half.pem", File.ReadAllText(_pair.Certificate)[..200]),
        "garbage" => _pair.File("garbage.pem", "not a PEM file"),
        _ => _pair.File("empty.pem", ""),
    };

    /// <summary>The setting with what else it needs beside it.</summary>
    private (string, string?)[] Complete(string prefix, string setting, string path)
    {
        if (setting.EndsWith("ClientKey", StringComparison.Ordinal)) return [(prefix + setting, path), (prefix + setting.Replace("ClientKey", "ClientCertificate", StringComparison.Ordinal), _pair.Certificate)];
        return setting == "ClientCertificate" ? [(prefix + setting, path), (prefix + "ClientKey", _pair.Key)] : [(prefix + setting, path)];
    }
}
