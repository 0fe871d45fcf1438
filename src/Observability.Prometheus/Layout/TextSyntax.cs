using System.Text;
using Observability.Prometheus.Naming;

namespace Observability.Prometheus.Layout;

/// <summary>The text formats' grammar: quoting, escaping, series and metadata lines.</summary>
internal static class TextSyntax
{
    /// <summary>Appends <c>name="value"</c>, the name in quotes where it is not a classic one.</summary>
    public static void AppendLabel(StringBuilder text, string name, string value)
    {
        AppendLabelName(text, name);
        text.Append("=\"");
        AppendEscaped(text, value, quotes: true);
        text.Append('"');
    }

    /// <summary>
    /// The three pieces of a line for <paramref name="name"/> whose labels end with <paramref name="trailing"/>, already encoded.
    /// </summary>
    public static (string Open, string Close, string Bare) Line(string name, string trailing)
    {
        if (NameEscaper.IsLegacyMetric(name))
        {
            return trailing.Length == 0
                ? (name + "{", "} ", name + " ")
                : (name + "{", "," + trailing + "} ", name + "{" + trailing + "} ");
        }
        var quoted = Quoted(name);
        return trailing.Length == 0
            ? ("{" + quoted + ",", "} ", "{" + quoted + "} ")
            : ("{" + quoted + ",", "," + trailing + "} ", "{" + quoted + "," + trailing + "} ");
    }

    public static string MetadataName(string name) => NameEscaper.IsLegacyMetric(name) ? name : Quoted(name);

    public static string Help(string help, bool isOpenMetrics)
    {
        var text = new StringBuilder(help.Length);
        AppendEscaped(text, help, quotes: isOpenMetrics);
        return text.ToString();
    }

    private static void AppendLabelName(StringBuilder text, string name)
    {
        if (NameEscaper.IsLegacyLabel(name)) text.Append(name);
        else text.Append(Quoted(name));
    }

    private static string Quoted(string name)
    {
        var text = new StringBuilder(name.Length + 2).Append('"');
        AppendEscaped(text, name, quotes: true);
        return text.Append('"').ToString();
    }

    private static void AppendEscaped(StringBuilder text, string value, bool quotes)
    {
        foreach (var character in value)
        {
            switch (character)
            {
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '"' when quotes: text.Append("\\\""); break;
                default: text.Append(character); break;
            }
        }
    }
}
