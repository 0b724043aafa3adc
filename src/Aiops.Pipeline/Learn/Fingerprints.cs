using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline.Learn;

/// <summary>Takes an incident's fingerprint: early, from what it says of itself, and whole, from all that an analysis found.</summary>
public static class Fingerprints
{
    private static readonly TimeSpan ShortlyBefore = TimeSpan.FromMinutes(30); // As far back as a change may name the kind of a cause.

    /// <summary>Before anything is gathered: what alarmed, and by which metrics.</summary>
    public static IncidentFingerprint Early(Incident incident, IEnumerable<Trigger> members, IncidentKind kind)
        => new(kind, incident.Components, [], [.. members.Select(member => member.Signal?.Metric).OfType<string>().Distinct()], []);

    /// <summary>After an analysis.</summary>
    /// <param name="suspects">The analysis's own, the most probable first.</param>
    public static IncidentFingerprint Whole(
        Incident incident, IEnumerable<Trigger> members, IncidentKind kind, IncidentContext context, IReadOnlyList<SuspectSignature> suspects)
        => Early(incident, members, kind) with
        {
            Types = [.. incident.Components.Select(context.Topology.TypeOf).OfType<string>().Distinct()],
            LogPatterns = [.. context.Logs.Where(shift => shift.Trend is LogPatternTrend.New or LogPatternTrend.More).Select(shift => shift.PatternId)],
            Changes = [.. context.Changes.Where(change => IsShortlyBefore(change, context)).Select(change => WireName(change.Kind)).Distinct().Order(StringComparer.Ordinal)],
            Shape = PropagationShape.Of(
                GraphOf(context), incident.First.Component ?? (incident.Components is [var first, ..] ? first : null), suspects.Select(suspect => suspect.Component)),
            Suspects = suspects,
        };

    // A mended alarm changes nothing that could have broken.
    private static bool IsShortlyBefore(Change change, IncidentContext context)
        => change.Kind != ChangeKind.Alarm && change.At >= context.Window.Start - ShortlyBefore && change.At < context.Window.End;

    private static ServiceGraph GraphOf(IncidentContext context) => new(
        context.Topology.Components,
        context.Topology.Calls.Concat(context.Traces
            .Where(shift => shift.Caller.Length > 0 && shift.Caller != shift.Component)
            .Select(shift => new Call(shift.Caller, shift.Component))));

    private static string WireName(ChangeKind kind) => kind.ToString().ToLowerInvariant();
}
