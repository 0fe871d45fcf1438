using System.Text;
using Observability.Weaver.Startup.Process;

namespace Observability.Weaver.Startup.Tests.Process;

public class ReexecutionTests
{
    [Fact]
    public void Texts_are_taken_apart_with_empty_ones_and_bytes_that_are_no_text_kept()
    {
        Assert.Equal(["a", "", "b"], Reexecution.Split("a\0\0b\0"u8.ToArray()).Select(Encoding.UTF8.GetString));
        Assert.Equal<byte[]>([[0xFF, 0x41]], Reexecution.Split([0xFF, 0x41, 0]));
    }

    [Fact]
    public void A_changed_variable_replaces_that_of_its_name_and_no_other()
    {
        var changed = Reexecution.Changed(["A=1"u8.ToArray(), "AB=2"u8.ToArray(), "B=A=3"u8.ToArray()], ["A=9", "C=4"]);
        Assert.Equal(["AB=2", "B=A=3", "A=9", "C=4"], changed.Select(Encoding.UTF8.GetString));
    }

    [Fact]
    public void The_start_time_is_found_behind_a_name_with_parentheses_and_spaces() =>
        Assert.Equal("22", DiagnosticPorts.StartTime("7 (a) b (c)) S 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23"));

    [Theory]
    [InlineData("/cache/current/store", null)]
    [InlineData("/other:/cache/current/store:/more", "/other:/more")]
    [InlineData("/cacheother", "/cacheother")]
    [InlineData(null, null)]
    public void What_leads_into_the_cache_is_taken_out_of_a_list(string? list, string? expected) =>
        Assert.Equal(expected, SecondLife.Without(list, "/cache"));

    [Fact]
    public void Only_the_mark_of_this_very_process_counts()
    {
        Assert.Equal("/cache/key", SecondLife.Entry($"{Environment.ProcessId}:/cache/key"));
        Assert.Null(SecondLife.Entry($"{Environment.ProcessId + 1}:/cache/key"));
        Assert.Null(SecondLife.Entry("nonsense"));
        Assert.Null(SecondLife.Entry(null));
    }
}
