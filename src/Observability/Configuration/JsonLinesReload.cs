using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Observability.Logging;

namespace Observability.Configuration;

/// <summary>Makes the JSON lines follow changes of the section <c>Observability</c>, as they follow <c>Logging:JsonLines</c> by themselves.</summary>
internal sealed class JsonLinesReload(IConfiguration configuration) : IOptionsChangeTokenSource<JsonLinesOptions>
{
    public string Name => Microsoft.Extensions.Options.Options.DefaultName;

    public IChangeToken GetChangeToken() => configuration.GetSection(ObservabilityOptions.SectionName).GetReloadToken();
}
