using System.Globalization;
using System.Text;

namespace Observability.Weaver.Tests.Fuzzing;

/// <summary>
/// C# that nobody would write: methods of every shape, with bodies of nested loops, handlers, closures and early returns, which call each other without
/// recursion. The same seed gives the same text. <c>Subject.Run()</c> calls all of them and says what it saw.
/// </summary>
internal sealed class GeneratedProgram(int seed)
{
    private const int Methods = 14;

    private readonly Random _random = new(seed);
    private readonly StringBuilder _members = new();
    private readonly List<Callee> _callees = [];

    public string Text()
    {
        // From the last to the first: a method calls those that are there already.
        for (var i = 0; i < Methods; i++) Add("M" + i.ToString(CultureInfo.InvariantCulture), _random.Next(GeneratedShape.All.Count));
        var run = new StringBuilder();
        foreach (var callee in _callees)
            for (var argument = 1; argument <= 3; argument++)
                run.AppendLine(CultureInfo.InvariantCulture, $"        try {{ Seen.Note({callee.AwaitedCall(argument.ToString(CultureInfo.InvariantCulture))}); }} catch (Exception fault) {{ Seen.Note(fault); }}");
        return $$"""
            public static class Subject
            {
                public static async Task<string> Run()
                {
            {{run}}        Seen.Note(Seen.Ambient.Value);
                    return Seen.Text();
                }
            }

            {{_members}}
            """;
    }

    private void Add(string name, int shape)
    {
        var template = GeneratedShape.All[shape];
        var body = new GeneratedBody(_random, template.Flow, [.. _callees]).Text();
        _members.AppendLine(template.Declaration.Replace("NAME", name, StringComparison.Ordinal).Replace("BODY", body, StringComparison.Ordinal));
        _callees.Add(new Callee(template.Call.Replace("NAME", name, StringComparison.Ordinal), template.IsTask));
    }
}
