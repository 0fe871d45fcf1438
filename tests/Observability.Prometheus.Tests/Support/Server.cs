using TestPeers;

namespace Observability.Prometheus.Tests;

/// <summary>The servers that judge: Debian's 2.42 and a 3.x.</summary>
public static class Server
{
    public static TheoryData<int> Majors => [2, 3];

    public static string Require(int major) => major == 2 ? Tool.Require("prometheus") : Judges.Require3("prometheus");

    public static (PrometheusListener Listener, int Port) Listen(Exposition exposition)
    {
        var listener = new PrometheusListener(exposition.Responder, new PrometheusListenerOptions { Host = "127.0.0.1", Port = 0 });
        listener.Start();
        return (listener, listener.EndPoints[0].Port);
    }
}
