using Microsoft.CodeAnalysis.Emit;
using Observability.Weaver.Tests.Weaving;

namespace Observability.Weaver.Tests.Sameness;

/// <summary>
/// What a person sees in a stack trace: the same frames and lines, listened to or not. (A frame that the JIT inlined is not seen;
/// it does not inline woven methods, which have a protected region. The methods here are not inlined either way.)
/// </summary>
public class StackTraceTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Runtime.CompilerServices;
        using System.Threading.Tasks;

        public static class Subject
        {
            public static async Task<string> Run()
            {
                var text = "";
                try { Outer(); }
                catch (InvalidOperationException fault) { text += fault + "\n\n"; }
                try { await OuterAsync(); }
                catch (InvalidOperationException fault) { text += fault + "\n\n"; }
                try { _ = Items().ToList(); }
                catch (InvalidOperationException fault) { text += fault + "\n\n"; }
                try { new Made(); }
                catch (InvalidOperationException fault) { text += fault; }
                return text;
            }

            [MethodImpl(MethodImplOptions.NoInlining)]
            private static void Outer()
            {
                var number = 1;
                Inner(number);
            }

            [MethodImpl(MethodImplOptions.NoInlining)]
            private static void Inner(int number)
            {
                if (number == 1)
                    throw new InvalidOperationException("inner");
            }

            private static async Task OuterAsync()
            {
                await Task.Yield();
                await InnerAsync();
            }

            private static async Task InnerAsync()
            {
                await Task.Yield();
                Outer();
            }

            private static IEnumerable<int> Items()
            {
                yield return 1;
                Outer();
            }

            private sealed class Made
            {
                private readonly int _number = 3;

                [MethodImpl(MethodImplOptions.NoInlining)]
                public Made()
                {
                    Inner(_number - 2);
                }
            }
        }
        """;

    private static readonly WeaveRule Everything = new() { Members = WeaveMembers.All };

    [Theory]
    [InlineData(DebugInformationFormat.PortablePdb, true, true)]
    [InlineData(DebugInformationFormat.PortablePdb, false, true)]
    [InlineData(DebugInformationFormat.Embedded, true, true)]
    [InlineData(DebugInformationFormat.PortablePdb, true, false)]
    [InlineData(DebugInformationFormat.Embedded, false, false)]
    public void An_exception_shows_the_same_frames_and_lines(DebugInformationFormat symbols, bool optimized, bool listening)
    {
        var compiled = CompiledAssembly.From(Source, optimized, symbols: symbols);
        var woven = WovenAssembly.Weave(compiled, Everything);
        using var original = new LoadedAssembly(compiled);
        using var loaded = new LoadedAssembly(woven);
        using var recorder = listening ? new SpanRecorder(woven.Name) : null;

        var expected = original.Run();
        Assert.Contains("Subject.cs:line 3", expected, StringComparison.Ordinal);
        Assert.Equal(expected, loaded.Run());
        if (recorder is not null) Assert.NotEmpty(recorder.Spans);
    }
}
