using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Observability.AutoInstrumentation.Tests.Signals;

/// <summary>
/// As much of SQL Server's protocol ([MS-TDS]) as a client needs to log in and to send commands: everything is accepted, one row is touched, and what names
/// <c>no_such_table</c> fails with the error 208. No encryption, no results.
/// </summary>
internal sealed class SqlServerStandIn : IAsyncDisposable
{
    private const byte Batch = 1, Reply = 4, Login = 16, PreLogin = 18;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    private SqlServerStandIn()
    {
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string ConnectionString => $"Server=tcp:127.0.0.1,{Port};Database=shop;User Id=clerk;Password=none;Encrypt=Optional;Pooling=false;Connect Timeout=60";

    public static SqlServerStandIn Start() => new();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await Serve(client.GetStream());
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            // The test has ended, or the client went without a word.
        }
    }

    private async Task Serve(NetworkStream stream)
    {
        var header = new byte[8];
        while (await stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, _end.Token) == header.Length)
        {
            var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - header.Length];
            await stream.ReadExactlyAsync(message, _end.Token);
            if (AnswerTo(header[0], message) is not { } answer) continue;
            byte[] packet = [Reply, 1, (byte)((answer.Length + 8) >> 8), (byte)(answer.Length + 8), 0, 0, 1, 0, .. answer];
            await stream.WriteAsync(packet, _end.Token);
        }
    }

    private static byte[]? AnswerTo(byte type, byte[] message) => type switch
    {
        // Version 16.0, and encryption is not to be had.
        PreLogin => [0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xFF, 16, 0, 0, 0, 0, 0, 2],
        Login => [.. LoginAck(), .. Done(status: 0, rows: 0)],
        Batch when Encoding.Unicode.GetString(message).Contains("no_such_table", StringComparison.Ordinal) => [.. Error(208, "Invalid object name 'no_such_table'."), .. Done(status: 2, rows: 0)],
        Batch => Done(status: 0x10, rows: 1),
        _ => null,
    };

    private static byte[] LoginAck() => Token(0xAD, [1, 0x74, 0, 0, 4, .. Short("stand-in"), 16, 0, 0, 0]);

    private static byte[] Error(int number, string text) => Token(0xAA, [.. BitConverter.GetBytes(number), 1, 16, (byte)text.Length, 0, .. Encoding.Unicode.GetBytes(text), .. Short("stand-in"), .. Short(""), 1, 0, 0, 0]);

    private static byte[] Done(byte status, byte rows) => [0xFD, status, 0, 0, 0, rows, 0, 0, 0, 0, 0, 0, 0];

    private static byte[] Token(byte token, byte[] content) => [token, (byte)content.Length, (byte)(content.Length >> 8), .. content];

    private static byte[] Short(string text) => [(byte)text.Length, .. Encoding.Unicode.GetBytes(text)];
}
