using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Observability.Weaver.Build;

/// <summary>The rules of a build, from all the places where a project may have them. Every fault is an error at the place where it stands.</summary>
internal sealed class RuleInputs(TaskLoggingHelper log)
{
    private const string Id = "OBS7012";

    /// <summary>The name of the metadata that holds an item's rule.</summary>
    private const string Metadata = "Rule";

    /// <summary>The file's rules, then those of the text and the items, which are louder.</summary>
    public IReadOnlyList<WeaveRule> Read(string? file, string text, ITaskItem[] items) =>
    [
        .. string.IsNullOrEmpty(file) ? [] : OfFile(file),
        .. OfText(text, where: null),
        .. items.SelectMany(OfItem),
    ];

    private IReadOnlyList<WeaveRule> OfFile(string file)
    {
        try
        {
            return RuleFile.Parse(File.ReadAllText(file));
        }
        catch (Exception fault) when (fault is FormatException or IOException or UnauthorizedAccessException)
        {
            return Faulty(fault, file);
        }
    }

    private IReadOnlyList<WeaveRule> OfText(string text, string? where)
    {
        try
        {
            return RuleText.Parse(text);
        }
        catch (FormatException fault)
        {
            return Faulty(fault, where);
        }
    }

    private IReadOnlyList<WeaveRule> OfItem(ITaskItem item)
    {
        var where = item.GetMetadata("DefiningProjectFullPath");
        var text = item.GetMetadata(Metadata);
        if (text.Length > 0) return OfText(text, where);
        Tell($"the ObservabilityWeaveRule \"{item.ItemSpec}\" has no {Metadata}. Write <ObservabilityWeaveRule Include=\"{item.ItemSpec}\" {Metadata}=\"Contoso.Orders.*\" />, or take it out.", where);
        return [];
    }

    /// <summary>The engine says the id in front of each fault; MSBuild says it by itself.</summary>
    private IReadOnlyList<WeaveRule> Faulty(Exception fault, string? where)
    {
        foreach (var line in fault.Message.Split('\n')) Tell(line.StartsWith(Id + ": ", StringComparison.Ordinal) ? line[(Id.Length + 2)..] : line, where);
        return [];
    }

    private void Tell(string fault, string? where) => log.LogError(null, Id, null, where, 0, 0, 0, 0, "{0}", fault);
}
