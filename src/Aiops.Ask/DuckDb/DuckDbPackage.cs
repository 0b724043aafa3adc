using System.Runtime.InteropServices;

namespace Aiops.Ask.DuckDb;

/// <summary>The npm package that holds DuckDB's library for a platform, and the library's name in it.</summary>
internal sealed record DuckDbPackage(string Name, string File)
{
    public const string Scope = "@duckdb";

    /// <summary>For this process: a library is loaded by its processor, which may be one that the system only imitates.</summary>
    public static DuckDbPackage Here { get; } = Of(
        OperatingSystem.IsWindows() ? OSPlatform.Windows : OperatingSystem.IsMacOS() ? OSPlatform.OSX : OSPlatform.Linux,
        RuntimeInformation.ProcessArchitecture,
        RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal));

    /// <param name="isMusl">A Linux with musl in place of glibc, as Alpine.</param>
    public static DuckDbPackage Of(OSPlatform system, Architecture processor, bool isMusl)
    {
        var on = processor == Architecture.Arm64 ? "arm64" : "x64";
        return system == OSPlatform.Windows ? new($"node-bindings-win32-{on}", "duckdb.dll")
            : system == OSPlatform.OSX ? new($"node-bindings-darwin-{on}", "libduckdb.dylib")
            : new($"node-bindings-linux-{on}{(isMusl ? "-musl" : "")}", "libduckdb.so");
    }
}
