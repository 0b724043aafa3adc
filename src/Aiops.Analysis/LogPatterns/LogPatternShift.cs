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
    string Example);
