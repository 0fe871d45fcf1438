using System.Runtime.InteropServices;

namespace Observability.Resources;

/// <summary>
/// <c>process.*</c> without the command line and its arguments: those carry passwords often enough that nobody should export them unasked.
/// </summary>
internal sealed class ProcessDetector : IFactDetector
{
    public void Detect(ResourceFacts facts)
    {
        facts.Add("process.pid", Environment.ProcessId);
        facts.Add("process.executable.path", Environment.ProcessPath);
        facts.Add("process.executable.name", Path.GetFileName(Environment.ProcessPath));
        facts.Add("process.runtime.name", ".NET");
        facts.Add("process.runtime.version", Environment.Version.ToString());
        facts.Add("process.runtime.description", RuntimeInformation.FrameworkDescription);
    }
}
