using System.Text.Json;
using System.Text.Json.Serialization;
using Aiops.Pipeline;
using Aiops.Pipeline.Masking;

namespace Aiops.Functions.Review;

/// <summary>An incident as the API shows it; <see cref="Alarms"/> and <see cref="Comment"/> only where one was asked for.</summary>
public sealed record ShownIncident(
    string Id, string Title, IncidentStatus Status, DateTimeOffset OpenedAt, string Scope, int Alarming, int AlarmCount)
{
    /// <summary>Newest first; older ones by their id. Lambda answers with 6 MB at most.</summary>
    public const int MostListed = 1_000;

    public IReadOnlyList<ShownAlarm>? Alarms { get; init; }

    /// <summary>Markdown, masked, as it stands in the ticket.</summary>
    public string? Comment { get; init; }

    public static ShownIncident Of(Incident incident) => new(
        incident.Id, SecretMask.Mask(incident.Title), incident.Status, incident.OpenedAt, incident.Scope, incident.FiringCount, incident.MemberCount);
}

public sealed record ShownAlarm(string Subject, string Title, bool Firing);

/// <summary>A review as it is posted.</summary>
/// <param name="Component">The true cause's component; needed for <c>corrected</c>.</param>
/// <param name="Helped">Ids of playbooks that helped.</param>
/// <param name="Severity">How bad it was (<c>sev1</c> to <c>sev4</c>).</param>
/// <param name="TimeToMitigate">As <c>00:38:00</c>; not negative, at most <see cref="LongestMitigation"/>.</param>
public sealed record GivenReview(
    Verdict? Verdict, string? Component, string? Cause, IReadOnlyList<string>? Helped, Severity? Severity = null, TimeSpan? TimeToMitigate = null)
{
    public static readonly TimeSpan LongestMitigation = TimeSpan.FromDays(30);

    public const int LongestCause = 4_000;

    /// <returns>What is wrong with it; null when it is good.</returns>
    public static string? Read(string? body, out GivenReview? review)
    {
        review = null;
        try
        {
            review = JsonSerializer.Deserialize(body ?? "", ReviewApiJson.Default.GivenReview);
        }
        catch (JsonException)
        {
            return "the body is no JSON object with verdict, component, cause, helped, severity (sev1 to sev4) and timeToMitigate (00:38:00)";
        }

        return review switch
        {
            null or { Verdict: null } => "verdict is missing: confirmed, corrected or rejected",
            { Verdict: not (Pipeline.Verdict.Confirmed or Pipeline.Verdict.Corrected or Pipeline.Verdict.Rejected) } => "verdict is confirmed, corrected or rejected",
            { Verdict: Pipeline.Verdict.Corrected, Component: null or "" } => "a corrected review names the component that was the cause",
            { Cause.Length: > LongestCause } => $"cause has {LongestCause} characters at most",
            { TimeToMitigate: { } took } when took < TimeSpan.Zero || took > LongestMitigation => "timeToMitigate is from 0 to 30 days",
            { Severity: { } severity } when !Enum.IsDefined(severity) => "severity is sev1, sev2, sev3 or sev4",
            _ => null,
        };
    }

    public Outcome ToOutcome(string incidentId, string reviewer, DateTimeOffset at) => new()
    {
        IncidentId = incidentId,
        Verdict = Verdict!.Value,
        Component = Component,
        Cause = Cause,
        Helped = Helped ?? [],
        Severity = Severity,
        TimeToMitigate = TimeToMitigate,
        Reviewer = reviewer,
        At = at,
    };
}

/// <param name="Delivered"><c>workflow</c> where one waited for it, <c>later</c> where one will, <c>review</c> where one was started for it.</param>
public sealed record TakenReview(string IncidentId, string Delivered);

public sealed record RefusedRequest(string Error);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<ShownIncident>))]
[JsonSerializable(typeof(ShownIncident))]
[JsonSerializable(typeof(GivenReview))]
[JsonSerializable(typeof(TakenReview))]
[JsonSerializable(typeof(RefusedRequest))]
internal sealed partial class ReviewApiJson : JsonSerializerContext;
