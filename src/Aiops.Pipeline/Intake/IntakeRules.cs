using Aiops.Analysis.Storms;
using Aiops.Pipeline.Intake.Maintenance;

namespace Aiops.Pipeline.Intake;

/// <summary>The constants of intake, with the reason for each default (README.md tells how they work together).</summary>
public sealed record IntakeRules
{
    public static IntakeRules Default { get; } = new();

    public CorrelationWeights Correlation { get; init; } = CorrelationWeights.Default;

    public MaintenanceWindows Maintenance { get; init; } = MaintenanceWindows.None;

    /// <summary>An alarm that fires and ends within this time ended by itself: nobody can have mended it so fast.</summary>
    public TimeSpan QuickCycle { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many quick cycles make a history of flapping: twice may be chance.</summary>
    public int FlapCycles { get; init; } = 3;

    /// <summary>Quick cycles older than this are forgotten: an alarm that flapped yesterday may mean it today.</summary>
    public TimeSpan FlapWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a flapping alarm may take to end by itself, by the clock: as long as a quick cycle.</summary>
    public TimeSpan FlapHold { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A suppression whose sender doesn't say when it ends is looked at again after this, by the clock.</summary>
    public TimeSpan OpenEndedSuppression { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// In event time after its resolution, an alarm still belongs to the resolved incident and reopens it. None by default:
    /// its comment says that it is over and its workflow has ended, so what fires again is an incident of its own that links
    /// back, and an alarm that does so often is held as flapping.
    /// </summary>
    public TimeSpan ReopenWithin { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// How long after its resolution an incident is closed, by the clock: until then, what happened before the resolution
    /// and was delivered late still finds it.
    /// </summary>
    public TimeSpan CloseAfter { get; init; } = TimeSpan.FromMinutes(30);
}
