using System.Diagnostics;
using System.Runtime.CompilerServices;
using Observability.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Observability.Pipelines;

/// <summary>Whether the application registers processors of its own behind the one that asks. Taken for granted where the SDK does not let it be seen.</summary>
internal sealed class FollowingProcessors
{
    private const string SdkBuilder = "OpenTelemetry.Trace.TracerProviderBuilderSdk";

    private readonly List<BaseProcessor<Activity>>? _all;
    private readonly int _before;

    private FollowingProcessors(List<BaseProcessor<Activity>>? all) => (_all, _before) = (all, all?.Count ?? 0);

    /// <summary>Complete once the provider is built; the one that asks is among them.</summary>
    public bool Exist => _all is null || _all.Count > _before + 1;

    public static FollowingProcessors Of(TracerProviderBuilder builder)
    {
        try
        {
            return new FollowingProcessors(builder.GetType().FullName == SdkBuilder ? ProcessorsOf(builder) : null);
        }
        catch (Exception failure)
        {
            CoreEventSource.Log.Contained("the look for processors of the application's", failure.GetType().FullName ?? "");
            return new FollowingProcessors(null);
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Processors")]
    private static extern List<BaseProcessor<Activity>> ProcessorsOf([UnsafeAccessorType(SdkBuilder + ", OpenTelemetry")] object builder);
}
