namespace Observability.Ebpf.Tests;

/// <summary>A test of what only Linux has; elsewhere it is skipped by name.</summary>
internal static class Linux
{
    public static void Require() => Skip.IfNot(OperatingSystem.IsLinux(), "socket cookies are Linux's");
}
