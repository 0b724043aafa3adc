using Aiops.Analysis.Telemetry;

namespace Aiops.Aws.Changes;

/// <summary>A change as an event told it.</summary>
/// <param name="EventId">The same for the same change, by whichever way it comes: recording it twice records it once.</param>
public sealed record ChangeRecord(string EventId, string Account, Change Change)
{
    /// <summary>Whether CloudTrail told it: its records have nothing to refer to but themselves.</summary>
    public bool IsApiCall => Change.Reference == EventId;
}
