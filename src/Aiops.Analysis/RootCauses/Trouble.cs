using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Telemetry;

namespace Aiops.Analysis.RootCauses;

/// <summary>What others feel of a component's trouble.</summary>
internal enum Trouble
{
    /// <summary>Nothing directly: a busy processor, full memory, an unknown metric.</summary>
    Other = 0,

    /// <summary>Callers wait.</summary>
    Slow,

    /// <summary>Callers get errors.</summary>
    Failing,

    /// <summary>It is others' doing: more or fewer calls than usual, a backlog.</summary>
    Load,
}

/// <summary>How findings count as trouble.</summary>
internal static class Troubles
{
    /// <param name="inBuffer">The component only holds what others send and fetch.</param>
    public static Trouble Of(Finding finding, bool inBuffer) => finding switch
    {
        Finding.MetricDeparted { Series.Kind: SignalKind.Saturation or SignalKind.Latency or SignalKind.Traffic } when inBuffer => Trouble.Load,
        Finding.MetricDeparted { Series.Kind: SignalKind.Latency } or Finding.OperationSlowed => Trouble.Slow,
        Finding.MetricDeparted { Series.Kind: SignalKind.Errors or SignalKind.Availability }
            or Finding.LogPatternMoved or Finding.SequenceBroken or Finding.OperationFailing or Finding.OperationNew => Trouble.Failing,
        Finding.MetricDeparted { Series.Kind: SignalKind.Traffic }
            or Finding.MetricFellSilent { Series.Kind: SignalKind.Traffic or SignalKind.Latency } => Trouble.Load,
        _ => Trouble.Other,
    };

    /// <summary>The share of a finding that trouble in a callee would cause as well.</summary>
    public static double PropagatingShare(Finding finding) => finding switch
    {
        Finding.MetricDeparted { Series.Kind: SignalKind.Latency or SignalKind.Errors or SignalKind.Availability } => 1,
        // A callee's failure shows here too, and one of its own only here.
        Finding.LogPatternMoved or Finding.OperationFailing or Finding.OperationNew => 0.5,
        // Blamed where it breaks already; a caller's own error after a failed call remains.
        Finding.SequenceBroken { Shift.Break: SequenceBreak.New } => 0.3,
        Finding.OperationSlowed => 0.3, // Retries wait in the caller.
        _ => 0,
    };
}
