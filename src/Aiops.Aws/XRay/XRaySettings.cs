namespace Aiops.Aws.XRay;

/// <summary>How much to ask X-Ray, and for how long.</summary>
public sealed record XRaySettings
{
    /// <summary>Whole traces read for one incident, spread evenly over the window; five a call.</summary>
    public int MostTraces { get; init; } = 500;

    /// <summary>Whether to ask Application Signals too who calls whom.</summary>
    public bool ApplicationSignals { get; init; } = true;

    /// <summary>The stage gives traces 180 s.</summary>
    public TimeSpan TracePatience { get; init; } = TimeSpan.FromSeconds(140);

    /// <summary>The stage gives topology 60 s.</summary>
    public TimeSpan TopologyPatience { get; init; } = TimeSpan.FromSeconds(45);
}
