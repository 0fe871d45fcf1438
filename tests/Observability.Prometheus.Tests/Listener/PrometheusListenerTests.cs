using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Observability.Prometheus.Tests.Listener;

public class PrometheusListenerTests
{
    [Fact]
    public async Task Requests_one_after_the_other_and_sent_ahead_are_answered_on_one_connection()
    {
        await using var fixture = new Fixture();
        var answer = await fixture.Exchange("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\nHEAD /metrics HTTP/1.1\r\nHost: x\r\n\r\nGET /other HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        Assert.Equal(3, answer.Split("HTTP/1.1 ").Length - 1);
        Assert.Contains("orders_total 1", answer, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 404", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 200)]
    [InlineData("GET /metrics?name[]=orders_total&x=1 HTTP/1.0\r\n\r\n", 200)]
    [InlineData("GET http://proxy/metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 200)]
    [InlineData("POST /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405)]
    [InlineData("POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello", 413)]
    [InlineData("POST /metrics HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 501)]
    [InlineData("GET /metrics HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost : x\r\n\r\n", 400)]
    [InlineData("GET /metrics HTTP/1.1\r\n Host: x\r\n\r\n", 400)]
    [InlineData("GET /metrics HTTP/2.0\r\nHost: x\r\n\r\n", 505)]
    [InlineData("GET /me trics HTTP/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("GARBAGE\r\n\r\n", 400)]
    [InlineData("\r\n\r\n", 400)]
    public async Task A_request_gets_the_status_that_it_deserves(string request, int status)
    {
        await using var fixture = new Fixture();
        Assert.StartsWith($"HTTP/1.1 {status} ", await fixture.Exchange(request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_that_is_too_large_is_refused()
    {
        await using var fixture = new Fixture(options => options.MaxHeaderBytes = 1024);
        Assert.StartsWith("HTTP/1.1 431 ", await fixture.Exchange("GET /metrics HTTP/1.1\r\nX: " + new string('x', 2000)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_sends_drop_by_drop_is_shown_the_door()
    {
        await using var fixture = new Fixture(options => options.HeaderTimeout = TimeSpan.FromMilliseconds(200));
        Assert.StartsWith("HTTP/1.1 408 ", await fixture.Exchange("GET /metrics HTT"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_does_not_read_holds_nobody_up_and_is_cut_off()
    {
        // More answers than the system's own buffers take.
        const int Requests = 400;
        await using var fixture = new Fixture(options => options.WriteTimeout = TimeSpan.FromMilliseconds(300), series: 1500);
        using var deaf = await fixture.Connect();
        for (var i = 0; i < Requests; i++) await deaf.SendAsync("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        for (var i = 0; i < 5; i++) Assert.Contains("orders_total", await fixture.Exchange("GET /metrics HTTP/1.0\r\n\r\n"), StringComparison.Ordinal);
        // Sending fails once the listener has closed the connection.
        var isOpen = true;
        for (var patience = Stopwatch.StartNew(); isOpen && patience.Elapsed < TimeSpan.FromMinutes(2);)
        {
            try
            {
                await deaf.SendAsync("G"u8.ToArray());
                await Task.Delay(20);
            }
            catch (SocketException)
            {
                isOpen = false;
            }
        }
        Assert.False(isOpen, "the connection of a client that does not read was kept");
    }

    [Fact]
    public async Task More_connections_than_allowed_are_closed()
    {
        await using var fixture = new Fixture(options => options.MaxConnections = 2);
        using var first = await fixture.Connect();
        using var second = await fixture.Connect();
        await first.SendAsync("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        Assert.NotEqual(0, await first.ReceiveAsync(new byte[16]));
        await second.SendAsync("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        Assert.NotEqual(0, await second.ReceiveAsync(new byte[16]));
        Assert.Equal("", await fixture.Exchange("GET /metrics HTTP/1.0\r\n\r\n"));
    }

    [Fact]
    public async Task Basic_authentication_lets_only_the_right_password_in()
    {
        await using var fixture = new Fixture(options => (options.Username, options.Password) = ("prom", "päss:word"));
        Assert.StartsWith("HTTP/1.1 401 ", await fixture.Exchange("GET /metrics HTTP/1.0\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 401 ", await fixture.Exchange("GET /metrics HTTP/1.0\r\nAuthorization: Basic !!!\r\n\r\n"), StringComparison.Ordinal);
        var wrong = Convert.ToBase64String("prom:x"u8);
        Assert.StartsWith("HTTP/1.1 401 ", await fixture.Exchange($"GET /metrics HTTP/1.0\r\nAuthorization: Basic {wrong}\r\n\r\n"), StringComparison.Ordinal);
        var right = Convert.ToBase64String(Encoding.UTF8.GetBytes("prom:päss:word"));
        Assert.StartsWith("HTTP/1.1 200 ", await fixture.Exchange($"GET /metrics HTTP/1.0\r\nAuthorization: basic {right}\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_certificate_it_speaks_TLS_and_outlives_who_does_not()
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var folder = Directory.CreateTempSubdirectory("prometheus-tls").FullName;
        var (certificate, secret) = (Path.Combine(folder, "tls.crt"), Path.Combine(folder, "tls.key"));
        await File.WriteAllTextAsync(certificate, made.ExportCertificatePem());
        await File.WriteAllTextAsync(secret, key.ExportPkcs8PrivateKeyPem());
        await using var fixture = new Fixture(options => (options.CertificatePath, options.CertificateKeyPath) = (certificate, secret));
        Assert.DoesNotContain("200 OK", await fixture.Exchange("GET /metrics HTTP/1.0\r\n\r\n"), StringComparison.Ordinal);
        using var socket = await fixture.Connect();
        await using var tls = new SslStream(new NetworkStream(socket), false, (_, given, _, _) => given!.GetCertHashString() == made.GetCertHashString());
        await tls.AuthenticateAsClientAsync("localhost");
        await tls.WriteAsync("GET /metrics HTTP/1.0\r\n\r\n"u8.ToArray());
        Assert.Contains("orders_total 1", await new StreamReader(tls).ReadToEndAsync(), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_port_that_is_taken_is_a_typed_exception()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        using var exposition = new Exposition();
        var listener = new PrometheusListener(exposition.Responder, new PrometheusListenerOptions { Host = "127.0.0.1", Port = ((IPEndPoint)taken.LocalEndPoint!).Port });
        var exception = Assert.Throws<PrometheusListenerException>(listener.Start);
        Assert.Equal(taken.LocalEndPoint, exception.EndPoint);
        Assert.StartsWith("OBS4001", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_bytes_come_it_goes_on_answering(int seed)
    {
        var random = new Random(seed);
        await using var fixture = new Fixture(options => options.HeaderTimeout = TimeSpan.FromMilliseconds(100));
        var valid = "GET /metrics HTTP/1.1\r\nHost: x\r\nAccept: text/plain;q=0.5,*/*;q=0.1\r\nAccept-Encoding: gzip\r\n\r\n"u8.ToArray();
        for (var round = 0; round < 150; round++)
        {
            var bytes = round % 3 == 0 ? new byte[random.Next(1, 600)] : [.. valid];
            if (round % 3 == 0) random.NextBytes(bytes);
            else
            {
                for (var i = random.Next(1, 6); i > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }
            using var socket = await fixture.Connect();
            await socket.SendAsync(bytes.AsMemory(0, random.Next(1, bytes.Length + 1)));
            if (random.Next(2) == 0) socket.Shutdown(SocketShutdown.Send);
        }
        // Half-sent requests hold their connections until the header timeout; then there is room again. A machine that is slower than
        // that timeout gets 408 now and then.
        var answer = "";
        for (var patience = Stopwatch.StartNew(); !answer.Contains("orders_total 1", StringComparison.Ordinal) && patience.Elapsed < TimeSpan.FromMinutes(2);) answer = await fixture.Exchange("GET /metrics HTTP/1.0\r\n\r\n");
        Assert.Contains("orders_total 1", answer, StringComparison.Ordinal);
    }

    private sealed class Fixture : IAsyncDisposable
    {
        private readonly Exposition _exposition = new();
        private readonly PrometheusListener _listener;

        public Fixture(Action<PrometheusListenerOptions>? configure = null, int series = 1)
        {
            var counter = _exposition.Meter.CreateCounter<long>("orders");
            counter.Add(1);
            for (var i = 1; i < series; i++) counter.Add(1, new KeyValuePair<string, object?>("shop", new string('x', 40) + i));
            var options = new PrometheusListenerOptions { Host = "127.0.0.1", Port = 0 };
            configure?.Invoke(options);
            _listener = new PrometheusListener(_exposition.Responder, options);
            _listener.Start();
        }

        public async Task<Socket> Connect()
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(_listener.EndPoints[0]);
            return socket;
        }

        /// <summary>Sends, and reads until the listener closes.</summary>
        public async Task<string> Exchange(string request)
        {
            using var socket = await Connect();
            var answer = new MemoryStream();
            var buffer = new byte[4096];
            try
            {
                await socket.SendAsync(Encoding.Latin1.GetBytes(request));
                for (int count; (count = await socket.ReceiveAsync(buffer)) > 0;) answer.Write(buffer, 0, count);
            }
            catch (SocketException)
            {
                // Closed with bytes of ours unread: what came before stands.
            }
            return Encoding.UTF8.GetString(answer.ToArray());
        }

        public async ValueTask DisposeAsync()
        {
            await _listener.DisposeAsync();
            _exposition.Dispose();
        }
    }
}
