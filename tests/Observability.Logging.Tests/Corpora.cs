using System.Text;
using System.Text.Json;
using TestPeers;

namespace Observability.Logging.Tests;

/// <summary>Texts that parsers and people trip over: the whole Big List of Naughty Strings, the whole JSONTestSuite, and some of our own.</summary>
internal static class Corpora
{
    /// <summary>What the lists of others do not have.</summary>
    private static readonly string[] s_own =
    [
        "", " ", "\0", "\u0001\u001f\u007f\u0080\u0085\u009f", "\t\r\n\b\f\v", "\"", "\\", "\\\"", "\\u0000", "/", "</script>", "<!--", "{\"a\":1}", "[", "}", "null", "true", "NaN", "-0",
        "\u2028\u2029\ufeff\ufffe\uffff", "\ud800", "\udc00", "\ud800\ud800", "\udc00\ud800", "a\ud83d", "\ud83d\ude00", "👩‍👩‍👧‍👦🇩🇪", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
        "الكل في المجمو عة", "田中さんにあげて下さい", "ﾊﾋﾌﾍﾎ", "￾", "\u200b\u200e\u202e\u2066", "%s%n%x", "$(rm -rf /)", "'; DROP TABLE x; --", "${jndi:ldap://x}", "{0}", "{{}}", "{@a}",
        "\u001b[31mred\u001b[0m", "1E+400", "0x1F", "١٢٣", "İıſ", "ﬀ", "\u00ad", "a\u0300", new string('\\', 3000), new string('"', 3000), new string('\u2028', 1000),
    ];

    public static string[] NaughtyStrings { get; } = JsonSerializer.Deserialize<string[]>(Read("blns.json"))!;

    /// <summary>The suite's files: those that begin with y_ are JSON, those with n_ are not, and for those with i_ and the transforms parsers may do as they please.</summary>
    public static IReadOnlyDictionary<string, byte[]> JsonTestSuite { get; } = Suite();

    /// <summary>All of it as text; bytes that are not UTF-8 have become replacement characters, as a program that read them would have it.</summary>
    public static string[] Texts { get; } = [.. s_own, .. NaughtyStrings, .. JsonTestSuite.Values.Select(Encoding.UTF8.GetString)];

    private static Dictionary<string, byte[]> Suite()
    {
        var files = JsonSerializer.Deserialize<Dictionary<string, byte[]>>(Read("json-test-suite.json"))!;
        // The two files that were left out for their size.
        files.Add("test_parsing/n_structure_100000_opening_arrays.json", Encoding.UTF8.GetBytes(new string('[', 100_000)));
        files.Add("test_parsing/n_structure_open_array_object.json", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[{\"\":", 50_000)) + "\n"));
        return files;
    }

    private static string Read(string name) => File.ReadAllText(Repository.File("tests", "Observability.Logging.Tests", "Corpora", name));
}
