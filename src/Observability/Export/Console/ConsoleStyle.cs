namespace Observability.Export.Console;

/// <summary>Colours for a terminal, nothing for a file or a pipe.</summary>
internal sealed class ConsoleStyle(bool coloured)
{
    /// <summary>Colours only when a person is looking, and never against https://no-color.org.</summary>
    public static ConsoleStyle Of(bool isTerminal, Func<string, string?> environment) => new(isTerminal && string.IsNullOrEmpty(environment("NO_COLOR")));

    public string Faint(string text) => Paint("2", text);

    public string Strong(string text) => Paint("1", text);

    public string Failed(string text) => Paint("31", text);

    private string Paint(string code, string text) => coloured ? $"\e[{code}m{text}\e[0m" : text;
}
