using Aiops.Simulator.Faults;

namespace Aiops.Simulator.Flow;

/// <summary>How a component fared within one minute.</summary>
public sealed class ComponentMinute
{
    /// <summary>Requests that came, retries included.</summary>
    public double Demand { get; internal set; }

    /// <summary>Of those, how many failed, by its own or its callees' doing.</summary>
    public double Failed { get; internal set; }

    /// <summary>Its own work per request, queueing included, milliseconds.</summary>
    public double OwnMilliseconds { get; internal set; }

    /// <summary>A request from start to end, its callees included, milliseconds.</summary>
    public double TotalMilliseconds { get; internal set; }

    /// <summary>Requests in it at once, over what it can do at once.</summary>
    public double Utilisation { get; internal set; }

    /// <summary>Requests that it fails by itself, 0 to 1.</summary>
    public double OwnErrorRate { get; internal set; }

    /// <summary>Database: connections in use. Queue: messages waiting. Table: requests throttled.</summary>
    public double Level { get; internal set; }

    /// <summary>Queue: age of the oldest message, seconds.</summary>
    public double OldestSeconds { get; internal set; }

    public Effect Effect { get; internal set; } = Effect.None;
}

/// <summary>How an operation fared within one minute, on average.</summary>
public readonly record struct OperationMinute(double Demand, double Milliseconds, double FailureRate);
