namespace Observability.Tool.Diagnosing;

/// <summary>What an executable file is to .NET, told by the mark that every host carries: the place of what is bundled behind it, and then a signature.</summary>
internal enum ExecutableFile
{
    /// <summary>No host: no application of .NET, or one compiled ahead of time.</summary>
    Foreign,

    /// <summary>A host of an application beside it.</summary>
    Host,

    /// <summary>A host with the application in it.</summary>
    SingleFile,
}
