using System.Globalization;
using Observability.Weaver.Tests.Weaving;
using TestPeers;

namespace Observability.Weaver.Tests.Recipes;

/// <summary>Recipes for libraries that make no spans of their own, each run for real.</summary>
public class LibraryRecipeTests
{
    [Fact]
    public void Requests_and_notifications_of_MediatR_become_spans()
    {
        var contracts = CompiledAssembly.From(MediatRContracts, prefix: "MediatR.Contracts!", configure: options => options.WithCryptoPublicKey([.. PublicKey(Beside("MediatR"))]).WithPublicSign(true));
        var file = Path.Combine(Directory.CreateTempSubdirectory("contracts").FullName, "MediatR.Contracts.dll");
        File.WriteAllBytes(file, contracts.Image);
        var run = new RecipeRun("MediatR", Beside("MediatR")).With("MediatR.Contracts", contracts, file, Beside("MediatR"));
        var spans = run.Spans("MediatR", run => run.Run("MediatR"), out var said);
        Assert.Equal("pong 1 told failed", said);
        Assert.Equal(["mediatr send Internal mediatr.request=Use+Ping", "mediatr publish Internal mediatr.notification=Use+Told", "mediatr send Internal ! mediatr.request=Use+Failing"], spans);
    }

    [Fact]
    public void Calls_of_the_AWS_SDK_become_client_spans()
    {
        var spans = new RecipeRun("AWSSDK", Beside("AWSSDK.Core")).Spans("AWSSDK", run => run.Run("Aws"), out var said);
        Assert.Equal("http://queue/1 AmazonSQSException", said);
        Assert.Equal(["aws request Client rpc.system=aws-api rpc.service=SQS rpc.method=ListQueuesRequest", "aws request Client ! rpc.system=aws-api rpc.service=SQS rpc.method=GetQueueUrlRequest"], spans);
    }

    [SkippableFact]
    public void Commands_of_StackExchange_Redis_become_client_spans()
    {
        var port = FreePort.Next();
        var folder = Directory.CreateTempSubdirectory("redis").FullName;
        using var server = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(Tool.Require("redis-server"), ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--dir", folder]) { RedirectStandardOutput = true })!;
        try
        {
            while (server.StandardOutput.ReadLine() is { } line && !line.Contains("eady to accept", StringComparison.Ordinal))
            {
                // It tells when it listens.
            }
            var spans = new RecipeRun("StackExchange.Redis", Beside("StackExchange.Redis")).Spans("StackExchange.Redis", run => run.Run("Redis", port), out var said);
            Assert.Equal("value 1 RedisServerException", said);
            Assert.Equal(["SET", "GET", "INCR", "INCR !"], spans.Select(span => span.Split('=')[^1] + (span.Contains(" ! ", StringComparison.Ordinal) ? " !" : "")));
            Assert.All(spans, span => Assert.StartsWith("redis command Client", span, StringComparison.Ordinal));
        }
        finally
        {
            server.Kill();
            server.WaitForExit();
        }
    }

    [Fact]
    public void Messages_of_Confluent_Kafka_become_producer_and_consumer_spans()
    {
        var spans = new RecipeRun("Confluent.Kafka", Beside("Confluent.Kafka")).Spans("Confluent.Kafka", run => run.Run("Kafka"), out var said);
        Assert.Equal("orders orders nothing", said);
        const string Send = "kafka send Producer messaging.system=kafka messaging.operation.name=send messaging.destination.name=orders";
        Assert.Equal([Send, Send, "kafka poll Consumer messaging.system=kafka messaging.operation.name=poll"], spans);
    }

    private static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name + ".dll");

    private static byte[] PublicKey(string path) => System.Reflection.AssemblyName.GetAssemblyName(path).GetPublicKey()!;

    private const string MediatRContracts = """
        namespace MediatR
        {
            public interface IBaseRequest { }
            public interface IRequest : IBaseRequest { }
            public interface IRequest<out TResponse> : IBaseRequest { }
            public interface IStreamRequest<out TResponse> { }
            public interface INotification { }
            public readonly struct Unit { public static ref readonly Unit Value => ref s_value; private static readonly Unit s_value; }
        }
        """;
}
