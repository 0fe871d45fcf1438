[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
// Kernel programs hear the whole machine: agents of tests side by side would report each other's events.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
