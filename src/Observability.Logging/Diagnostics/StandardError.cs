using System.Text;

namespace Observability.Logging;

/// <summary>Where it is told that the output itself fails, for then no log line tells it. It never waits: an error stream without room does not get the line.</summary>
internal static class StandardError
{
    private const int Descriptor = 2;

    /// <summary>What a pipe that has room takes whole, so that no other line tears it.</summary>
    private const int MostCharacters = 1_000;

    /// <summary>Writes one line; a closed stream is no reason to fail.</summary>
    public static void Say(string line)
    {
        try
        {
            line = line[..Math.Min(line.Length, MostCharacters)].ReplaceLineEndings(" ") + "\n";
            // Not by the console: its lock may be held by the very write that stalls.
            if (!Posix.IsHere) Console.Error.Write(line);
            else if (Posix.HasRoom(Descriptor, 0)) _ = Posix.Write(Descriptor, Encoding.UTF8.GetBytes(line));
        }
        catch (Exception)
        {
            // There is nowhere left to say it.
        }
    }
}
