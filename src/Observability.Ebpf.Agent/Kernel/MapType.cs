namespace Observability.Ebpf.Agent.Kernel;

/// <summary>The kernel's kinds of maps, as far as they are used here.</summary>
internal enum MapType
{
    Unspecified = 0,
    Hash = 1,
    Array = 2,
    LruHash = 9,
    HashOfMaps = 13,
    SocketStorage = 24,
    Ring = 27,
    TaskStorage = 29,
}
