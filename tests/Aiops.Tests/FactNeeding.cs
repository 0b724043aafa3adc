namespace Aiops.Tests;

/// <summary>
/// A fact that needs more than the SDK. Without it the test is skipped by name, or fails where <c>AIOPS_REQUIRE_ALL=1</c>
/// says that everything must be there.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactNeedingAttribute : FactAttribute
{
    public FactNeedingAttribute(Need need) => Skip = Needs.ReasonToSkip(need);
}

/// <summary>The same for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TheoryNeedingAttribute : TheoryAttribute
{
    public TheoryNeedingAttribute(Need need) => Skip = Needs.ReasonToSkip(need);
}

public enum Need
{
    /// <summary>Headless Chromium (Debian: <c>apt install chromium fonts-dejavu-core</c>).</summary>
    Chromium,

    /// <summary>The public labelled data beside the checkout. Never required: it may not be copied into the project.</summary>
    LabelledData,
}

internal static class Needs
{
    private static readonly bool RequireAll = Environment.GetEnvironmentVariable("AIOPS_REQUIRE_ALL") == "1";

    public static string? ReasonToSkip(Need need) => need switch
    {
        Need.Chromium when !File.Exists("/usr/bin/chromium") && !RequireAll => "needs /usr/bin/chromium",
        Need.LabelledData when TestPaths.Shared is null => "needs the labelled data in ../shared/data",
        _ => null,
    };
}
