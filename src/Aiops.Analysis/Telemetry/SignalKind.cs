namespace Aiops.Analysis.Telemetry;

/// <summary>What a metric measures, which decides the direction that harms: the four golden signals, and availability.</summary>
public enum SignalKind
{
    /// <summary>Unknown: either direction may matter, and counts for less.</summary>
    Other = 0,

    /// <summary>Harms upwards.</summary>
    Latency,

    /// <summary>Faults, errors, throttles, failed requests: harms upwards.</summary>
    Errors,

    /// <summary>A share of successes: harms downwards.</summary>
    Availability,

    /// <summary>Requests, invocations: a surge loads and a drop starves, so either direction matters.</summary>
    Traffic,

    /// <summary>CPU, memory, disk, connections, queue depth: harms upwards.</summary>
    Saturation,
}
