using Aiops.Ask.DuckDb;

namespace Aiops.Console.Tests;

/// <summary>A fact that needs DuckDB's library. Without it, it is skipped by name, or fails where <c>AIOPS_REQUIRE_ALL=1</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class QuestionFactAttribute : FactAttribute
{
    public QuestionFactAttribute() => Skip = NeedsDuckDb.ReasonToSkip;
}

/// <summary>The same, in a browser.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class QuestionBrowserFactAttribute : FactAttribute
{
    public QuestionBrowserFactAttribute() => Skip = NeedsDuckDb.ReasonToSkip ?? NeedsChromium.ReasonToSkip;
}

internal static class NeedsDuckDb
{
    public static string? ReasonToSkip { get; } = DuckDbLibrary.IsThere || Environment.GetEnvironmentVariable("AIOPS_REQUIRE_ALL") == "1"
        ? null
        : "needs DuckDB: npm ci --prefix src/Aiops.Ask/npm";
}
