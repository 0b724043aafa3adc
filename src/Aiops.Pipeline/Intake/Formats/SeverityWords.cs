namespace Aiops.Pipeline.Intake.Formats;

/// <summary>The words and numbers by which teams grade alarms, to one scale.</summary>
internal static class SeverityWords
{
    private static readonly string[] TagNames = ["severity", "priority", "sev", "criticality", "urgency"];

    /// <summary>The first tag that grades; tag names in any case.</summary>
    public static SeverityHint FromTags(IReadOnlyDictionary<string, string> tags)
        => TagNames.Select(name => Read(tags.Find(name))).FirstOrDefault(hint => hint != SeverityHint.None);

    /// <summary>A word that says nothing gives no hint: <see cref="SeverityHint.None"/>.</summary>
    public static SeverityHint Read(string? word) => word?.Trim().ToLowerInvariant() switch
    {
        "critical" or "crit" or "fatal" or "emergency" or "disaster" or "blocker" or "highest"
            or "p0" or "p1" or "sev0" or "sev1" or "sev-0" or "sev-1" or "s1" or "0" or "1" => SeverityHint.Critical,
        "high" or "major" or "error" or "urgent" or "page" or "severe"
            or "p2" or "sev2" or "sev-2" or "s2" or "2" => SeverityHint.High,
        "medium" or "moderate" or "normal" or "average" or "warning" or "warn"
            or "p3" or "sev3" or "sev-3" or "s3" or "3" => SeverityHint.Medium,
        "low" or "lowest" or "minor" or "minimal" or "info" or "information" or "informational" or "notice" or "ticket"
            or "p4" or "p5" or "sev4" or "sev5" or "sev-4" or "sev-5" or "s4" or "s5" or "4" or "5" => SeverityHint.Low,
        _ => SeverityHint.None,
    };

    /// <summary>The value under a name in any case; null when there is none.</summary>
    public static string? Find(this IReadOnlyDictionary<string, string> tags, string name)
        => tags.TryGetValue(name, out var exact)
            ? exact
            : tags.FirstOrDefault(tag => tag.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
