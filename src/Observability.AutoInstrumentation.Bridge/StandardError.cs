namespace Observability.AutoInstrumentation.Bridge;

/// <summary>The only place where this stage may speak: the application's output is its own.</summary>
internal static class StandardError
{
    /// <summary>Writes one line; a closed stream is no reason to fail.</summary>
    public static void Say(string line)
    {
        try
        {
            Console.Error.WriteLine(line.ReplaceLineEndings(" "));
        }
        catch (Exception)
        {
            // There is nowhere left to say it.
        }
    }
}
