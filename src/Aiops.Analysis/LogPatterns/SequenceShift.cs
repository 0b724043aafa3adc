using System.Text.Json.Serialization;

namespace Aiops.Analysis.LogPatterns;

/// <summary>One place where the usual order of log patterns within traces broke.</summary>
/// <param name="Component">Whose line is missing, or new.</param>
/// <param name="Template">The pattern that is missing, or new.</param>
/// <param name="Severity">Its severity, upper case; empty when unknown.</param>
/// <param name="AfterComponent">Whose line comes before.</param>
/// <param name="AfterTemplate">The pattern that comes before.</param>
/// <param name="Break">Whether it is missing or new.</param>
/// <param name="BaselineShare">Of the traces with the pattern before, those in which it followed, 0 to 1, by one mix of requests.</param>
/// <param name="IncidentShare">The same during the incident.</param>
/// <param name="Baseline">Traces with the pattern before, until the onset.</param>
/// <param name="Incident">The same since the onset.</param>
/// <param name="Nats">How sure it is: a log likelihood ratio less the log of how many were compared; above 0.</param>
public sealed record SequenceShift(
    string Component,
    string Template,
    string Severity,
    string AfterComponent,
    string AfterTemplate,
    SequenceBreak Break,
    double BaselineShare,
    double IncidentShare,
    long Baseline,
    long Incident,
    double Nats)
{
    /// <summary>The start of the slot of time since which the two shares differ most.</summary>
    public DateTimeOffset Onset { get; init; }
}

/// <summary>What became of a line that used to follow another, or never did.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SequenceBreak>))]
public enum SequenceBreak
{
    [JsonStringEnumMemberName("missing")] Missing = 0,
    [JsonStringEnumMemberName("new")] New,
}
