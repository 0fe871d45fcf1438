namespace Documentation.Tests.Markdown;

/// <summary>A fenced block: what its fence says, the number of its first line, its text, and the line before the fence.</summary>
public sealed record CodeBlock(string Info, int Line, string Text, string LineBefore)
{
    public string Language => Info.Split(' ')[0];
}
