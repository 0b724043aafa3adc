using System.Globalization;
using Aiops.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Aiops.Console.Reading;

/// <summary>Which incidents a page asks for; what is left null doesn't narrow. What an address says wrongly narrows nothing either.</summary>
public sealed record IncidentQuery(string Text, IncidentStatus? Status, Severity? Severity, string? Service, bool Unreviewed, int Page)
{
    private const int LongestText = 200;

    public static IncidentQuery Of(IQueryCollection query) => new(
        query["q"].ToString().Trim() is { Length: > LongestText } text ? text[..LongestText] : query["q"].ToString().Trim(),
        Enum.TryParse<IncidentStatus>(query["status"], ignoreCase: true, out var status) && Enum.IsDefined(status) ? status : null,
        Enum.TryParse<Severity>(query["severity"], ignoreCase: true, out var severity) && Enum.IsDefined(severity) ? severity : null,
        query["service"].ToString() is { Length: > 0 } service ? service : null,
        query["review"] == "wanted",
        int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page is > 0 and < 100_000 ? page : 1);

    public bool Narrows => Text.Length > 0 || Status is not null || Severity is not null || Service is not null || Unreviewed;

    public bool Takes(IncidentDigest digest)
        => (Status is null || digest.Incident.Status == Status)
            && (Severity is null || digest.Severity == Severity)
            && (Service is null || digest.Incident.Components.Concat(digest.Suspects).Any(name => Shown.Line(name) == Service)) // As the page names it.
            && (!Unreviewed || !digest.IsReviewed)
            && Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => Holds(digest, word));

    /// <summary>The query string that asks for the same on another page.</summary>
    public string Address(int page) => QueryString.Create(
        new (string Name, string? Value)[]
        {
            ("q", Text.Length == 0 ? null : Text),
            ("status", Status?.ToString().ToLowerInvariant()),
            ("severity", Severity?.ToString().ToLowerInvariant()),
            ("service", Service),
            ("review", Unreviewed ? "wanted" : null),
            ("page", page == 1 ? null : page.ToString(CultureInfo.InvariantCulture)),
        }
        .Where(pair => pair.Value is not null)
        .Select(pair => new KeyValuePair<string, string?>(pair.Name, pair.Value))).ToString();

    private static bool Holds(IncidentDigest digest, string word)
        => digest.Incident.Title.Contains(word, StringComparison.OrdinalIgnoreCase)
            || digest.Incident.Id.Contains(word, StringComparison.OrdinalIgnoreCase)
            || (digest.Cause?.Contains(word, StringComparison.OrdinalIgnoreCase) ?? false)
            || digest.Kind.ToString().Contains(word, StringComparison.OrdinalIgnoreCase)
            || digest.Incident.Components.Concat(digest.Suspects).Any(name => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
