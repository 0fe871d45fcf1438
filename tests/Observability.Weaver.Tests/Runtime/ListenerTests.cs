using System.Diagnostics;
using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Runtime;

/// <summary>Whatever listeners do, the application does not notice.</summary>
public class ListenerTests
{
    private const string Source = """
        using System;
        using System.Diagnostics;
        public static class Subject
        {
            public static readonly ActivitySource Own = new("own");
            public static string Run() { Work(); return Activity.Current?.DisplayName ?? "nothing current"; }
            public static void Work() { }
            public static string Fails() { try { Throw(); } catch (Exception fault) { return fault.Message; } return ""; }
            private static void Throw() => throw new Odd();
            private sealed class Odd : Exception { public override string Message => throw new NotSupportedException(); public override string ToString() => "odd"; }
        }
        """;

    [Theory]
    [InlineData("sample")]
    [InlineData("started")]
    [InlineData("stopped")]
    public void A_listener_that_throws_does_not_harm_the_call_and_leaves_nothing_current(string where)
    {
        var woven = WovenAssembly.Weave(CompiledAssembly.From(Source), new WeaveRule { Method = "Work" });
        using var loaded = new LoadedAssembly(woven);
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == woven.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => where == "sample" ? throw new InvalidOperationException() : ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = _ => { if (where == "started") throw new InvalidOperationException(); },
            ActivityStopped = _ => { if (where == "stopped") throw new InvalidOperationException(); },
        };
        ActivitySource.AddActivityListener(listener);
        Assert.Equal("nothing current", loaded.Run());
        Assert.Null(Activity.Current);
    }

    [Fact]
    public void Woven_code_that_a_listener_calls_makes_no_spans_about_spans()
    {
        var woven = WovenAssembly.Weave(CompiledAssembly.From(Source), new WeaveRule { Method = "Work" });
        using var loaded = new LoadedAssembly(woven);
        var work = loaded.Assembly.GetType("Subject")!.GetMethod("Work")!.CreateDelegate<Action>();
        var count = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == woven.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => { work(); return ActivitySamplingResult.AllDataAndRecorded; },
            ActivityStarted = _ => work(),
            ActivityStopped = _ => { count++; work(); },
        };
        ActivitySource.AddActivityListener(listener);
        work();
        Assert.Equal(1, count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Woven_members_that_a_tag_or_a_failure_reads_make_no_spans(bool metrics)
    {
        var woven = WovenAssembly.Weave(CompiledAssembly.From("""
            using System;
            public sealed class Subject
            {
                public string Name => "name";
                public override string ToString() => "text";
                public static string Run() { var subject = new Subject(); try { Throw(); } catch (Odd) { } return subject.Name + subject + Other.Of(subject); }
                private static void Throw() => throw new Odd();
            }
            public static class Other { public static int Of(Subject subject) => 1; }
            public sealed class Odd : Exception { public override string Message => ToString(); public override string ToString() => "odd"; }
            """),
            new WeaveRule { Type = "Subject", Members = WeaveMembers.All, Metrics = metrics, Tags = new Dictionary<string, string> { ["self"] = "this", ["name"] = "this.Name" } },
            new WeaveRule { Type = "Other", Source = "Other", Metrics = metrics, Tags = new Dictionary<string, string> { ["self"] = "subject", ["name"] = "subject.Name" } },
            new WeaveRule { Type = "Odd", Metrics = metrics, Tags = new Dictionary<string, string> { ["self"] = "this" } },
            new WeaveRule { Method = "Run", Exclude = true });
        using var loaded = new LoadedAssembly(woven);
        using var recorder = new SpanRecorder(woven.Name);
        using var other = new SpanRecorder("Other");
        using var meters = new MeterRecorder(woven.Name);
        Assert.Equal("nametext1", loaded.Run());
        Assert.Equal(["Subject..ctor self=text name=name", "Subject.Throw ! Odd", "Subject.get_Name self=text name=name", "Subject.ToString self=text name=name"], recorder.Lines);
        Assert.Equal(["Other.Of self=text name=name"], other.Lines);
        Assert.Equal(metrics ? 4 : 0, meters.Sum("code.function.calls"));
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("calls woven code")]
    public void A_listener_that_is_asked_about_the_source_does_no_harm(string what)
    {
        var woven = WovenAssembly.Weave(CompiledAssembly.From(Source), new WeaveRule { Method = "Work" });
        using var loaded = new LoadedAssembly(woven);
        var work = loaded.Assembly.GetType("Subject")!.GetMethod("Work")!.CreateDelegate<Action>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source =>
            {
                if (source.Name != woven.Name) return false;
                work();
                return what == "throws" ? throw new InvalidOperationException() : true;
            },
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        Assert.Equal("nothing current", loaded.Run());
    }

    [Fact]
    public void A_stopped_activity_that_is_still_current_stays_so()
    {
        var woven = WovenAssembly.Weave(CompiledAssembly.From("""
            using System.Collections.Generic;
            using System.Diagnostics;
            using System.Threading.Tasks;
            public static class Subject
            {
                public static string Run()
                {
                    var text = "";
                    foreach (var number in WItems()) text += Activity.Current?.OperationName + " ";
                    var pending = new TaskCompletionSource();
                    var task = WPending(pending.Task);
                    text += Activity.Current?.OperationName;
                    pending.SetResult();
                    return task.IsCompleted + " " + text + " " + Activity.Current?.OperationName;
                }
                private static IEnumerable<int> WItems() { yield return 1; }
                private static Task WPending(Task task) => task;
            }
            """), new WeaveRule { Method = "W*" });
        using var loaded = new LoadedAssembly(woven);
        using var recorder = new SpanRecorder(woven.Name);
        var seen = "";
        using var stopped = new ManualResetEventSlim();
        var request = new Activity("request").Start();
        // Begun within the request, and going on when that has ended.
        var work = new Thread(() => { stopped.Wait(); seen = loaded.Run(); });
        work.Start();
        request.Stop();
        stopped.Set();
        work.Join();
        Assert.Equal("True request request request", seen);
        Assert.Equal(2, recorder.Spans.Count);
        Assert.All(recorder.Spans, span => Assert.Equal(request.TraceId, span.TraceId));
    }

    [Fact]
    public void An_exception_whose_message_throws_passes_as_it_would()
    {
        var woven = WovenAssembly.Weave(CompiledAssembly.From(Source), new WeaveRule { Method = "Throw" });
        using var loaded = new LoadedAssembly(woven);
        using var recorder = new SpanRecorder(woven.Name);
        Assert.Throws<NotSupportedException>(() => loaded.Run(method: "Fails"));
        Assert.Single(recorder.Spans);
    }

    [Fact]
    public void A_span_that_the_method_leaves_current_stays_current()
    {
        var woven = WovenAssembly.Weave(CompiledAssembly.From("""
            using System.Diagnostics;
            public static class Subject
            {
                public static string Run()
                {
                    using var own = Begin();
                    var name = Activity.Current!.OperationName;
                    own.Stop();
                    return name;
                }
                private static Activity Begin() => new Activity("own").Start();
            }
            """), new WeaveRule { Method = "Begin" });
        using var loaded = new LoadedAssembly(woven);
        using var recorder = new SpanRecorder(woven.Name);
        Assert.Equal("own", loaded.Run());
        Assert.Single(recorder.Spans);
    }
}
