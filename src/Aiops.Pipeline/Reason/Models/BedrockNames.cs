namespace Aiops.Pipeline.Reason.Models;

/// <summary>
/// Tells a Region's model from an inference profile. A cross-Region profile lets other Regions read what is sent, so nobody gets one
/// by a model's name: it is written where it says what it is.
/// </summary>
internal static class BedrockNames
{
    // What stands before a provider's name in the ids of system-defined profiles; no provider is called so.
    private static readonly HashSet<string> Geographies = new(StringComparer.Ordinal)
    {
        "us", "us-gov", "eu", "apac", "global", "au", "jp", "ca", "uk", "sa", "me", "mx", "af", "il", "in", "kr",
    };

    public static void Check(SettingsMembers root, ModelSettings settings)
    {
        if (IsProfile(settings.Model))
        {
            root.Problem(
                "model",
                "names an inference profile, which may let other Regions answer: write the Region's own model there, as anthropic.claude-…, and the profile in \"inferenceProfile\" where that is wanted");
        }

        if (settings.InferenceProfile is { } profile)
        {
            if (!IsProfile(profile))
            {
                root.Problem("inferenceProfile", "names none: it is an id that begins with a geography (eu.anthropic.claude-…) or a profile's ARN; take it out to stay in the Region");
            }
            else if (Geography(profile) is { } geography && profile[(geography.Length + 1)..] != settings.Model && !IsProfile(settings.Model))
            {
                root.Problem("inferenceProfile", "is of another model than \"model\": they differ by the geography alone");
            }
        }

        if (settings.Region is { } region && !IsRegion(region))
        {
            root.Problem("region", "must be a Region's name, as eu-central-1");
        }
    }

    private static bool IsProfile(string id) => Geography(id) is not null || id.Contains("inference-profile/", StringComparison.Ordinal);

    private static string? Geography(string id) => id.Split('.') is [var first, _, ..] && Geographies.Contains(first) ? first : null;

    // Letters, then a number: eu-central-1, us-gov-west-1.
    private static bool IsRegion(string name) => name.Split('-') is [{ Length: 2 }, .., var last] parts && parts.Length >= 3
        && parts[..^1].All(part => part.Length > 0 && part.All(char.IsAsciiLetterLower)) && last.Length is 1 or 2 && last.All(char.IsAsciiDigit);
}
