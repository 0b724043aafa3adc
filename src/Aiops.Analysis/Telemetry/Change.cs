namespace Aiops.Analysis.Telemetry;

/// <summary>Something that somebody did: a deployment, an edited setting, a scaling, a mended alarm.</summary>
/// <param name="Component">What was changed; empty when it concerns the whole account.</param>
/// <param name="Kind">Deployment, configuration, scaling, infrastructure, permission, alarm, other.</param>
/// <param name="Summary">One line for people: <c>payments 2.14.0 deployed (was 2.13.4)</c>.</param>
/// <param name="Actor">Who or what did it; empty when unknown.</param>
/// <param name="Reference">Deployment id, event id or a link; empty when unknown.</param>
public sealed record Change(
    DateTimeOffset At, string Component, ChangeKind Kind, string Summary, string Actor = "", string Reference = "");

/// <summary>What sort of change it was.</summary>
public enum ChangeKind
{
    Other = 0,
    Deployment,
    Configuration,
    Scaling,
    Infrastructure,
    Permission,
    Alarm,
}
