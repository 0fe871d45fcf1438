namespace Observability.Prometheus.Naming;

/// <summary>The schemes that a server negotiates by <c>escaping=</c> (https://prometheus.io/docs/instrumenting/escaping_schemes/).</summary>
internal enum NameEscaping : byte
{
    Underscores,
    Dots,
    Values,
    AllowUtf8,
}
