using System.Net;
using Observability.Ebpf.HttpClients;

namespace Observability.Ebpf.Tests.Native;

public sealed class RuntimeTextsTests
{
    [Theory]
    [InlineData("SafeSocketHandle:25474675(0xA8)", 0xA8)]
    [InlineData("SafeSocketHandle:1(0x0)", 0)]
    [InlineData("SafeSocketHandle:1(0x7FFFFFFF)", int.MaxValue)]
    [InlineData("SafeSocketHandle:1(0xFFFFFFFF)", -1)]
    [InlineData("SafeSocketHandle:1(0x1FFFFFFFF)", -1)]
    [InlineData("SafeSocketHandle:1(0xZZ)", -1)]
    [InlineData("SafeSocketHandle:1(0x)", -1)]
    [InlineData("(0x", -1)]
    [InlineData("", -1)]
    public void A_descriptor_is_read_or_refused(string text, int descriptor) => Assert.Equal(descriptor, RuntimeTexts.Descriptor(text));

    [Theory]
    [InlineData("InterNetwork:16:{31,144,127,0,0,1,0,0,0,0,0,0,0,0}", "127.0.0.1:8080")]
    [InlineData("InterNetworkV6:28:{143,105,0,0,0,0,0,0,0,0,0,0,0,0,0,0,255,255,127,0,0,1,0,0,0,0}", "127.0.0.1:36713")]
    [InlineData("InterNetworkV6:28:{0,80,0,0,0,0,32,1,13,184,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0}", "[2001:db8::1]:80")]
    [InlineData("InterNetworkV6:28:{0,80,0,0}", null)]
    [InlineData("InterNetwork:16:{31,144,127,0,0,256,0,0}", null)]
    [InlineData("InterNetwork:16:{,,,,,,,}", null)]
    [InlineData("Unix:110:{47,116,109,112,47,120,0,0}", null)]
    [InlineData("InterNetwork:16:{", null)]
    [InlineData("}{", null)]
    public void An_end_point_is_read_or_refused(string text, string? endPoint) =>
        Assert.Equal(endPoint is null ? null : IPEndPoint.Parse(endPoint), RuntimeTexts.EndPoint(text));

    [Fact]
    public void Whatever_the_text_nothing_is_thrown()
    {
        var random = new Random(8);
        const string Alphabet = "InterNetworkV6:28{},(0x)9ABF ";
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            RuntimeTexts.Descriptor(text);
            RuntimeTexts.EndPoint(text);
        }
    }
}
