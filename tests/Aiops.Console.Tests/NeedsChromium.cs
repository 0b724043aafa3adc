namespace Aiops.Console.Tests;

/// <summary>A fact that needs Debian's chromium. Without it, it is skipped by name, or fails where <c>AIOPS_REQUIRE_ALL=1</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = NeedsChromium.ReasonToSkip;
}

/// <summary>The same for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = NeedsChromium.ReasonToSkip;
}

internal static class NeedsChromium
{
    public const string Path = "/usr/bin/chromium";

    public static string? ReasonToSkip { get; } = File.Exists(Path) || Environment.GetEnvironmentVariable("AIOPS_REQUIRE_ALL") == "1"
        ? null
        : $"needs {Path} (Debian: apt install chromium fonts-dejavu-core)";
}
