using System.Runtime.CompilerServices;

namespace Aiops.Tests;

/// <summary>Where the checkout is: samples and recordings are read in place, so what a person sees is what is tested.</summary>
public static class TestPaths
{
    public static string Root { get; } = Locate();

    /// <summary>The folder of public labelled data, or null where it is absent: such tests are then skipped by name.</summary>
    public static string? Shared { get; } = Directory.Exists(Path.Combine(Root, "..", "shared"))
        ? Path.GetFullPath(Path.Combine(Root, "..", "shared"))
        : null;

    public static string Events => Path.Combine(Root, "events");

    private static string Locate([CallerFilePath] string thisFile = "")
        => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
