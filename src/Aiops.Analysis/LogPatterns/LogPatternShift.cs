using System.Text.Json.Serialization;

namespace Aiops.Analysis.LogPatterns;

/// <summary>How often one log pattern of one component was seen before and during the incident.</summary>
/// <param name="PatternId">The same for the same template on every run and machine.</param>
/// <param name="Template">The message with its variables as <c>&lt;*&gt;</c>.</param>
/// <param name="Severity">The highest severity among its lines, upper case; empty when unknown.</param>
/// <param name="Baseline">Lines in the baseline.</param>
/// <param name="Incident">Lines in the incident's window.</param>
/// <param name="FirstSeenUnixMilliseconds">The first line within the incident's window; null when there is none.</param>
/// <param name="Example">One line, shortened.</param>
public sealed record LogPatternShift(
    string Component,
    string PatternId,
    string Template,
    string Severity,
    long Baseline,
    long Incident,
    long? FirstSeenUnixMilliseconds,
    string Example)
{
    /// <summary>What the comparison of the two periods made of it.</summary>
    public LogPatternTrend Trend { get; init; }

    /// <summary>The rate during the incident over the rate before, each by the hour of logs seen, with half a line added to both.</summary>
    public double RateRatio { get; init; } = 1;

    /// <summary>The signed root of the comparison's G statistic: about a standard normal when nothing changed.</summary>
    public double Significance { get; init; }
}

/// <summary>How a pattern's rate moved, judged by significance, not by its ratio.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LogPatternTrend>))]
public enum LogPatternTrend
{
    [JsonStringEnumMemberName("same")] Same = 0,

    /// <summary>Never in the baseline.</summary>
    [JsonStringEnumMemberName("new")] New,
    [JsonStringEnumMemberName("more")] More,
    [JsonStringEnumMemberName("less")] Less,

    /// <summary>Usual in the baseline, and not once during the incident.</summary>
    [JsonStringEnumMemberName("gone")] Gone,
}
