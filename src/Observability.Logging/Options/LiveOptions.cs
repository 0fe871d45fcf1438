using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Observability.Logging;

/// <summary>
/// The settings and their changes. A change that is faulty is told and not used, where the options monitor would
/// throw on the thread that reloads the configuration.
/// </summary>
internal sealed class LiveOptions : IDisposable
{
    private readonly IOptionsFactory<JsonLinesOptions> _factory;
    private readonly List<IDisposable> _sources = [];

    public LiveOptions(IOptionsFactory<JsonLinesOptions> factory, IEnumerable<IOptionsChangeTokenSource<JsonLinesOptions>> sources)
    {
        _factory = factory;
        Current = factory.Create(Microsoft.Extensions.Options.Options.DefaultName);
        foreach (var source in sources) _sources.Add(ChangeToken.OnChange(source.GetChangeToken, Change));
    }

    public event Action<JsonLinesOptions>? Changed;

    /// <summary>The settings as they were at the start. Throws <see cref="OptionsValidationException"/> there when they are faulty.</summary>
    public JsonLinesOptions Current { get; }

    public void Dispose() => _sources.ForEach(static source => source.Dispose());

    private void Change()
    {
        try
        {
            Changed?.Invoke(_factory.Create(Microsoft.Extensions.Options.Options.DefaultName));
        }
        catch (Exception fault)
        {
            LoggingEventSource.Log.SettingsRefused(fault.Message);
        }
    }
}
