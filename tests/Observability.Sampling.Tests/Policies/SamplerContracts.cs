using OpenTelemetry.Trace;

namespace Observability.Sampling.Tests;

public class KeepingEverything : SamplerContract
{
    protected override Sampler Make() => new SamplerFactory().Create(new SamplingOptions());
}

public class KeepingNothing : SamplerContract
{
    protected override Sampler Make() => new SamplerFactory().Create(new SamplingOptions { Default = { Ratio = 0 } });
}

public class KeepingATenth : SamplerContract
{
    protected override Sampler Make() => new SamplerFactory().Create(new SamplingOptions { Default = { Ratio = 0.1 } });
}

public class KeepingATenthOfOld : SamplerContract
{
    protected override Sampler Make() =>
        new SamplerFactory().Create(new SamplingOptions { Default = { Ratio = 0.1, Algorithm = SamplingAlgorithm.Legacy } });
}

public class FollowingTheFlag : SamplerContract
{
    protected override Sampler Make() => new SamplerFactory().Create(new SamplingOptions { Parent = ParentPolicy.Based, Default = { Ratio = 0.1 } });
}

public class FollowingNobody : SamplerContract
{
    protected override Sampler Make() => new SamplerFactory().Create(new SamplingOptions { Parent = ParentPolicy.Ignore, Default = { Ratio = 0.1 } });
}

public class FollowingRules : SamplerContract
{
    protected override Sampler Make()
    {
        var options = new SamplingOptions { Default = { Ratio = 0.1 } };
        for (var i = 0; i < 20; i++)
        {
            options.Rules.Add(new SamplingRule
            {
                Name = "r" + i,
                Path = [$"/area{i}/*"],
                Method = ["GET"],
                Host = ["*.example"],
                UserAgent = i % 2 == 0 ? ["bot*"] : [],
                Attributes = i % 3 == 0 ? new() { ["tenant"] = "gold*" } : [],
                Ratio = 0.5,
            });
        }
        return new SamplerFactory().Create(options);
    }
}

public class RecordingAlways : SamplerContract
{
    protected override Sampler Make() => new AlwaysRecordSampler(new SamplerFactory().Create(new SamplingOptions { Default = { Ratio = 0.1 } }));
}

public class AskingAServerThatIsNotThere : SamplerContract
{
    protected override Sampler Make() => new SamplerFactory(new SamplingSurroundings { Time = new VirtualTime() }).Create(new SamplingOptions
    {
        Remote = { Jaeger = "http://127.0.0.1:9", InitialRatio = 0.1 },
    });
}
