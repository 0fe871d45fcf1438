namespace Observability.Tool.Tests;

/// <summary>A folder in the shape of a payload, and room beside it; gone after the test.</summary>
internal sealed class SmallPayload : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("observability-tool-");

    public SmallPayload()
    {
        Write("payload/payload.txt", "5 any/agent/A.dll\n");
        Write("payload/any/agent/A.dll", "agent");
        File.Copy(Path.Combine(ToolProcess.Payload, "Observability.StartupHook.dll"), In("payload/Observability.StartupHook.dll"));
    }

    public string Payload => In("payload");

    public string In(string path) => Path.Combine(_root.FullName, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(path))!);
        File.WriteAllText(In(path), text);
    }

    /// <summary>Runs the tool; what it wrote to both streams is one text.</summary>
    public (int Code, string Text) Run(params string[] arguments)
    {
        var text = new StringWriter();
        return (new ToolCommands(text, text, Payload).Run(arguments), text.ToString());
    }

    public void Dispose() => _root.Delete(recursive: true);
}
