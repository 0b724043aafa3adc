using System.Globalization;
using Aiops.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Aiops.Console.Reading;

/// <summary>A review as it was filled in, right or wrong: what is wrong is said beside it, and nothing that was written is lost.</summary>
public sealed record ReviewForm
{
    public const int LongestCause = 4_000;
    public const int LongestName = 200;
    public const int MostHelped = 50;

    private static readonly TimeSpan LongestMitigation = TimeSpan.FromDays(30);

    public string Verdict { get; init; } = "";

    public string Component { get; init; } = "";

    public string Cause { get; init; } = "";

    public IReadOnlyList<string> Helped { get; init; } = [];

    public string Minutes { get; init; } = "";

    /// <summary><c>sev1</c> to <c>sev4</c>; empty where nobody says.</summary>
    public string Severity { get; init; } = "";

    public string Reviewer { get; init; } = "";

    /// <summary>The analysis that the page showed.</summary>
    public string Round { get; init; } = "";

    /// <summary>What is wrong, by field; empty when it is good.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; init; } = new Dictionary<string, string>();

    public static ReviewForm Of(IFormCollection form) => new()
    {
        Verdict = form["verdict"].ToString(),
        Component = form["component"].ToString().Trim(),
        Cause = form["cause"].ToString().Trim(),
        Helped = [.. form["helped"].OfType<string>().Distinct().Take(MostHelped)],
        Minutes = form["minutes"].ToString().Trim(),
        Severity = form["severity"].ToString(),
        Reviewer = form["reviewer"].ToString().Trim(),
        Round = form["round"].ToString(),
    };

    /// <summary>What was said before, to be revised.</summary>
    public static ReviewForm Of(Outcome? outcome) => outcome is not { Verdict: Pipeline.Verdict.Confirmed or Pipeline.Verdict.Corrected or Pipeline.Verdict.Rejected }
        ? new ReviewForm()
        : new ReviewForm
        {
            Verdict = outcome.Verdict.ToString().ToLowerInvariant(),
            Component = outcome.Component ?? "",
            Cause = outcome.Cause ?? "",
            Helped = outcome.Helped,
            Severity = outcome.Severity?.ToString().ToLowerInvariant() ?? "",
            Minutes = outcome.TimeToMitigate is { } time ? Math.Round(time.TotalMinutes).ToString(CultureInfo.InvariantCulture) : "",
        };

    /// <summary>The form with what is wrong in it, or the outcome that it states.</summary>
    /// <remarks>Of another analysis than the newest it comes back without a verdict: nobody judges what they haven't seen.</remarks>
    /// <param name="signedIn">Who reviews; null where the form's own name is all there is.</param>
    public (ReviewForm Form, Outcome? Outcome) Judge(IncidentView view, string? signedIn, DateTimeOffset now)
    {
        Dictionary<string, string> problems = [];
        var verdict = Enum.TryParse<Verdict>(Verdict, ignoreCase: true, out var said)
            && said is Pipeline.Verdict.Confirmed or Pipeline.Verdict.Corrected or Pipeline.Verdict.Rejected ? said : (Verdict?)null;
        if (Round != view.Digest.Round.ToString(CultureInfo.InvariantCulture))
        {
            problems["verdict"] = $"The incident was analysed anew since you opened the page. {(view.Digest.Suspects is [var first, ..] ? $"The first cause is now {Shown.Line(first, 100)}" : "It names no cause now")}: look again, and say whether that is right.";
            return (this with { Verdict = "", Problems = problems }, null);
        }

        Check("verdict", verdict is null, "Say whether the first cause was right.");
        Check("verdict", verdict == Pipeline.Verdict.Confirmed && view.Digest.Suspects.Count == 0, "The analysis named no cause, so there is none to confirm.");
        Check("component", verdict == Pipeline.Verdict.Corrected && Component.Length == 0, "Name the component that was the cause.");
        Check("component", Component.Length > LongestName, $"A name has {LongestName} characters at most.");
        Check("cause", Cause.Length > LongestCause, $"At most {LongestCause:#,##0} characters, please.");
        Check("reviewer", signedIn is null && Reviewer.Length == 0, "Say who you are, so that others can ask.");
        Check("reviewer", signedIn is null && Reviewer.Length > LongestName, $"A name has {LongestName} characters at most.");
        Severity? severity = Severity switch { "sev1" => Pipeline.Severity.Sev1, "sev2" => Pipeline.Severity.Sev2, "sev3" => Pipeline.Severity.Sev3, "sev4" => Pipeline.Severity.Sev4, _ => null };
        Check("severity", Severity.Length > 0 && severity is null, "One from sev1, the worst, to sev4.");
        TimeSpan? mitigated = null;
        if (Minutes.Length > 0)
        {
            var isNumber = int.TryParse(Minutes, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes);
            Check("minutes", !isNumber || minutes > LongestMitigation.TotalMinutes, $"Whole minutes, at most {LongestMitigation.TotalMinutes:#,##0} (30 days).");
            mitigated = TimeSpan.FromMinutes(minutes);
        }

        var offered = (view.Report?.Recommendations ?? []).Select(action => action.Playbook).ToHashSet();
        Check("helped", Helped.Any(one => !offered.Contains(one)), "Only actions that were recommended can have helped.");
        return problems.Count > 0 ? (this with { Problems = problems }, null) : (this, new Outcome
        {
            IncidentId = view.Incident.Id,
            Verdict = verdict!.Value,
            Component = verdict switch
            {
                Pipeline.Verdict.Confirmed => view.Digest.Suspects[0],
                Pipeline.Verdict.Corrected => Component,
                _ => null,
            },
            Cause = Cause.Length > 0 ? Cause : verdict == Pipeline.Verdict.Confirmed ? view.Digest.Cause : null,
            Helped = Helped,
            Severity = severity,
            TimeToMitigate = mitigated,
            Reviewer = signedIn ?? $"{Reviewer} (not authenticated)",
            At = now,
        });

        void Check(string field, bool wrong, string problem)
        {
            if (wrong)
            {
                problems.TryAdd(field, problem);
            }
        }
    }
}
