using Microsoft.Extensions.Logging;

namespace Observability.Logging.Tests;

public sealed class RollingFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rolling-file").FullName;

    private string Current => Path.Combine(_folder, "logs", "app.jsonl");

    private string[] Files => Directory.GetFiles(Path.GetDirectoryName(Current)!).Order(StringComparer.Ordinal).ToArray();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_is_rotated_by_size_between_lines_and_the_oldest_go()
    {
        using var health = new LoggingHealth(TimeProvider.System);
        using (var sink = new RollingFileSink(new LineFileOptions { Path = Current, MaxBytes = 1_000, KeepFiles = 3 }, TimeProvider.System, health))
            for (var i = 0; i < 100; i++) WriteAll(sink, $"{{\"number\":{i},\"filler\":\"{new string('x', 100)}\"}}\n");
        Assert.Equal(4, Files.Length);
        Assert.All(Files, file => Assert.InRange(new FileInfo(file).Length, 1, 1_000));
        var numbers = Files.OrderBy(file => file == Current).ThenBy(file => file, StringComparer.Ordinal).SelectMany(File.ReadLines).Select(line => LogOutput.Parse(line).GetProperty("number").GetInt32()).ToArray();
        Assert.Equal(Enumerable.Range(100 - numbers.Length, numbers.Length), numbers);
    }

    [Fact]
    public void A_file_is_rotated_by_age()
    {
        var time = new MovableTime();
        using var health = new LoggingHealth(time);
        using var sink = new RollingFileSink(new LineFileOptions { Path = Current, MaxAgeMinutes = 60 }, time, health);
        WriteAll(sink, "{\"n\":1}\n");
        time.Now += TimeSpan.FromMinutes(59);
        WriteAll(sink, "{\"n\":2}\n");
        Assert.Single(Files);
        time.Now += TimeSpan.FromMinutes(2);
        WriteAll(sink, "{\"n\":3}\n");
        Assert.Equal(2, Files.Length);
        Assert.Equal("{\"n\":3}\n", File.ReadAllText(Current));
    }

    [Theory]
    [InlineData(LineProfile.Default)]
    [InlineData(LineProfile.Loki)]
    [InlineData(LineProfile.Ecs)]
    [InlineData(LineProfile.OpenTelemetry)]
    [InlineData(LineProfile.GoogleCloud)]
    [InlineData(LineProfile.Datadog)]
    public void A_process_that_is_started_each_day_rotates_by_age_too(LineProfile profile)
    {
        var time = new MovableTime();
        for (var day = 0; day < 7; day++, time.Now += TimeSpan.FromDays(1)) Run(profile, time);
        Assert.Single(Files);
        Run(profile, time);
        Assert.Equal(2, Files.Length);
        Assert.Single(File.ReadAllLines(Current));

        void Run(LineProfile profile, TimeProvider time)
        {
            using var health = new LoggingHealth(time);
            using var sink = new RollingFileSink(new LineFileOptions { Path = Current, MaxAgeMinutes = 7 * 1_440 }, time, health);
            using var output = new LogOutput(options => options.Profile = profile, time, sink);
            output.Logger.LogInformation("started");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("12:00:00.000 info  a line for people\n")]
    [InlineData("2000-01-01T00:00:00.000000Z a line of another logger\n")]
    [InlineData("{\"torn\":\"2000-01-01T00:00\n")]
    [InlineData("{\"timestamp\":\"2000-99-99T00:00:00.000000Z\",\"level\":\"info\"}\n")]
    [InlineData("{\"timestamp\":\"9000-01-01T00:00:00.000000Z\",\"level\":\"info\"}\n")]
    [InlineData("\0\u0001\u00ff")]
    public void A_file_that_does_not_say_when_it_began_is_as_old_as_its_folder_says(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Current)!);
        File.WriteAllText(Current, content);
        var time = new MovableTime();
        using var health = new LoggingHealth(time);
        using var sink = new RollingFileSink(new LineFileOptions { Path = Current, MaxAgeMinutes = 60 }, time, health);
        WriteAll(sink, "{\"n\":1}\n");
        time.Now += TimeSpan.FromMinutes(59);
        WriteAll(sink, "{\"n\":2}\n");
        Assert.Single(Files);
        time.Now += TimeSpan.FromMinutes(2);
        WriteAll(sink, "{\"n\":3}\n");
        Assert.Equal(2, Files.Length);
        Assert.Equal(0, health.Failures);
    }

    [Fact]
    public void A_rotation_that_is_refused_is_told_once_and_tried_again_after_a_pause_only()
    {
        var time = new MovableTime();
        using var health = new LoggingHealth(time);
        using var sink = new RollingFileSink(new LineFileOptions { Path = Current, MaxBytes = 100 }, time, health);
        var lines = string.Concat(Enumerable.Range(0, 20).Select(i => $"{{\"n\":{i}}}\n"));
        for (var attempt = 0; attempt < 3; attempt++, time.Now += TimeSpan.FromMinutes(2))
        {
            // What is to be moved aside would take its place.
            Refuse(time.Now);
            WriteAll(sink, lines);
            WriteAll(sink, lines);
            // A name behind that one is free, but the pause is not over.
            Assert.Equal((1, attempt + 2), (health.Failures, Files.Length));
        }
        Assert.Equal(string.Concat(Enumerable.Repeat(lines, 6)), File.ReadAllText(Current));

        WriteAll(sink, "{\"n\":20}\n");
        Assert.Equal((1, 5, "{\"n\":20}\n"), (health.Failures, Files.Length, File.ReadAllText(Current)));
        WriteAll(sink, lines[..100]);
        time.Now += TimeSpan.FromMinutes(2);
        Refuse(time.Now);
        WriteAll(sink, lines);
        Assert.Equal(2, health.Failures);
    }

    [Fact]
    public void A_torn_end_of_another_process_is_closed_before_the_first_line()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Current)!);
        File.WriteAllText(Current, "{\"torn");
        using var health = new LoggingHealth(TimeProvider.System);
        using (var sink = new RollingFileSink(new LineFileOptions { Path = Current }, TimeProvider.System, health)) WriteAll(sink, "{\"n\":1}\n");
        Assert.Equal(["{\"torn", "{\"n\":1}"], File.ReadAllLines(Current));
    }

    [Fact]
    public void A_file_that_became_shorter_is_continued_at_its_own_end()
    {
        using var health = new LoggingHealth(TimeProvider.System);
        using var sink = new RollingFileSink(new LineFileOptions { Path = Current }, TimeProvider.System, health);
        WriteAll(sink, "{\"n\":1}\n");
        using (new FileStream(Current, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite))
            WriteAll(sink, "{\"n\":2}\n");
        Assert.Equal("{\"n\":2}\n", File.ReadAllText(Current));
    }

    [Fact]
    public void A_file_that_was_deleted_is_made_anew()
    {
        using var health = new LoggingHealth(TimeProvider.System);
        using var sink = new RollingFileSink(new LineFileOptions { Path = Current }, TimeProvider.System, health);
        WriteAll(sink, "{\"n\":1}\n");
        File.Delete(Current);
        WriteAll(sink, "{\"n\":2}\n");
        Directory.Delete(Path.GetDirectoryName(Current)!, recursive: true);
        WriteAll(sink, "{\"n\":3}\n");
        Assert.Equal("{\"n\":3}\n", File.ReadAllText(Current));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_was_renamed_keeps_its_lines_and_the_path_has_the_next_ones(bool another)
    {
        using var health = new LoggingHealth(TimeProvider.System);
        using var sink = new RollingFileSink(new LineFileOptions { Path = Current }, TimeProvider.System, health);
        WriteAll(sink, "{\"n\":1}\n");
        File.Move(Current, Current + ".1");
        if (another) File.WriteAllText(Current, "");
        WriteAll(sink, "{\"n\":2}\n");
        Assert.Equal("{\"n\":1}\n", File.ReadAllText(Current + ".1"));
        Assert.Equal("{\"n\":2}\n", File.ReadAllText(Current));
    }

    [SkippableFact]
    public void What_another_writer_appends_stays()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows keeps other writers out");
        using var health = new LoggingHealth(TimeProvider.System);
        using var sink = new RollingFileSink(new LineFileOptions { Path = Current }, TimeProvider.System, health);
        WriteAll(sink, "{\"n\":1}\n");
        File.AppendAllText(Current, "{\"other\":1}\n");
        WriteAll(sink, "{\"n\":2}\n");
        Assert.Equal("{\"n\":1}\n{\"other\":1}\n{\"n\":2}\n", File.ReadAllText(Current));
    }

    [SkippableFact]
    public void Two_loggers_of_one_path_lose_and_tear_no_line_of_each_other()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows keeps other writers out");
        const int Each = 2_000;
        const long Rotated = 64 << 10;
        var writers = Enumerable.Range(0, 2).Select(writer => new Thread(() =>
        {
            using var health = new LoggingHealth(TimeProvider.System);
            using var sink = new RollingFileSink(new LineFileOptions { Path = Current, MaxBytes = Rotated, KeepFiles = 1_000 }, TimeProvider.System, health);
            for (var i = 0; i < Each; i++) WriteAll(sink, $"{{\"number\":{(writer * Each) + i},\"filler\":\"{new string('x', i % 500)}\"}}\n");
        })).ToArray();
        foreach (var writer in writers) writer.Start();
        foreach (var writer in writers) writer.Join();
        var numbers = Files.SelectMany(File.ReadLines).Select(line => LogOutput.Parse(line).GetProperty("number").GetInt32());
        Assert.Equal(Enumerable.Range(0, 2 * Each), numbers.Order());
    }

    [SkippableFact]
    public void A_disk_without_room_is_survived_and_what_waited_is_written_when_there_is_room()
    {
        Skip.IfNot(File.Exists("/dev/full"), "/dev/full, a disk without room");
        Directory.CreateDirectory(Path.GetDirectoryName(Current)!);
        File.CreateSymbolicLink(Current, "/dev/full");
        using var health = new LoggingHealth(TimeProvider.System);
        var sink = new RollingFileSink(new LineFileOptions { Path = Current }, TimeProvider.System, health);
        using (var output = new LogOutput(sink: sink))
        {
            for (var i = 0; i < 1_000; i++) output.Logger.LogInformation("{Number}", i);
            var deadline = System.Diagnostics.Stopwatch.StartNew();
            while (output.Provider.Health.Failures == 0 && deadline.Elapsed < TimeSpan.FromSeconds(90)) Thread.Yield();
            Assert.True(output.Provider.Health.Failures > 0, "The full disk was not noticed.");
            File.Delete(Current);
            Assert.True(output.Provider.Flush(30_000), "The lines were not written in time.");
        }
        Assert.Equal(Enumerable.Range(0, 1_000), File.ReadLines(Current).Select(line => LogOutput.Parse(line).GetProperty("Number").GetInt32()));
    }

    [Fact]
    public void The_logger_writes_to_the_file_that_the_settings_name()
    {
        using (var factory = LoggerFactory.Create(logging => logging.AddJsonLines(options =>
        {
            options.Destination = LineDestination.File;
            options.File.Path = Current;
        })))
        {
            var logger = factory.CreateLogger("A");
            for (var i = 0; i < 1_000; i++) logger.LogInformation("{Number}", i);
        }
        Assert.Equal(Enumerable.Range(0, 1_000), File.ReadLines(Current).Select(line => LogOutput.Parse(line).GetProperty("Number").GetInt32()));
    }

    private void Refuse(DateTimeOffset at)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Current)!);
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(Current)!, $"app-{at.UtcDateTime:yyyyMMdd'T'HHmmssfffffff'Z'}.jsonl"), "");
    }

    private static void WriteAll(LineSink sink, string text)
    {
        ReadOnlySpan<byte> bytes = System.Text.Encoding.UTF8.GetBytes(text);
        while (!bytes.IsEmpty) bytes = bytes[sink.Write(bytes)..];
    }

    private sealed class MovableTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => Now.UtcTicks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    }
}
