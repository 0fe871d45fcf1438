using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

public static class Use
{
    public static string Run() => RunAsync().GetAwaiter().GetResult();

    private static async Task<string> RunAsync()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        _ = Task.Run(() => Answer(server));
        var address = "http://127.0.0.1:" + ((IPEndPoint)server.LocalEndpoint).Port;
        using var client = new AmazonSQSClient(new BasicAWSCredentials("a", "b"), new AmazonSQSConfig { ServiceURL = address, AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0 });
        var queues = await client.ListQueuesAsync(new ListQueuesRequest());
        try { await client.GetQueueUrlAsync("missing"); return "found"; }
        catch (AmazonSQSException) { return queues.QueueUrls[0] + " " + typeof(AmazonSQSException).Name; }
    }

    private static async Task Answer(TcpListener server)
    {
        while (true)
        {
            using var client = await server.AcceptTcpClientAsync();
            using var stream = client.GetStream();
            var request = "";
            var buffer = new byte[65536];
            while (!request.Contains("\r\n\r\n{") || !request.TrimEnd().EndsWith("}")) request += Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer));
            var found = request.Contains("ListQueues");
            var body = found ? "{\"QueueUrls\":[\"http://queue/1\"]}" : "{\"__type\":\"com.amazonaws.sqs#SomethingWrong\",\"message\":\"no\"}";
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {(found ? "200 OK" : "400 Bad Request")}\r\nContent-Type: application/x-amz-json-1.0\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        }
    }
}
