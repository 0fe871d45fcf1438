using Microsoft.Extensions.DependencyInjection;

namespace Observability.Hosting;

/// <summary>
/// What a package for one kind of host adds under the same one line. <c>Observability.AspNetCore</c> implements it; an
/// application has no use for it.
/// </summary>
public interface IHostFeatures
{
    /// <summary>Adds the features to the services. Called once, by <c>AddObservability()</c>.</summary>
    /// <param name="services">The application's services.</param>
    void AddTo(IServiceCollection services);
}
