namespace Aiops.Analysis.Drift;

/// <summary>
/// Follows one series, measurement by measurement, and says after each what it shows: a regression is a change of level, sudden
/// or
/// gradual, that lasts and harms, found against the whole pattern before it and traced to the deployment it began with.
/// </summary>
/// <remarks>
/// Bounded memory and bounded work a measurement. Outliers are clipped; a level that returns ends the regression;
/// autocorrelated or
/// build-dependent noise and changing spread raise the evidence asked for, as far as they were seen before. A rise within
/// one build is believed only when the next confirms it, or when it lasts. The false-alarm rate is set
/// (<see cref="DriftSettings.MeasurementsPerFalseAlarm"/>). Not for several threads at once.
/// </remarks>
public sealed class DriftDetector
{
    private const int LongEnough = 12;       // Measurements of a single build that agree: no need to wait for the next build.
    private const double SpikeDeviations = 5;
    private const int SpikesRemembered = 512; // Measurements.
    private const int FewestSpikes = 2;

    private readonly DriftSettings settings;
    private readonly DeploymentLog deployments = new();
    private readonly BuildEffect builds = new();
    private readonly Queue<long> spikes = new();
    private readonly double threshold;
    private Regime regime;
    private Excursion? excursion;
    private (long Ordinal, Measurement Measurement, double Deviations) lastSpike;
    private Deployment? lastBuild;
    private int inBuild;
    private long count;
    private long latest = long.MinValue;

    /// <exception cref="ArgumentOutOfRangeException">Fewer than 100 measurements per false alarm.</exception>
    public DriftDetector(DriftSettings settings)
    {
        if (!(settings.MeasurementsPerFalseAlarm >= DriftSettings.FewestPerFalseAlarm))
        {
            throw new ArgumentOutOfRangeException(nameof(settings), settings, "Too many false alarms are asked for.");
        }

        this.settings = settings;
        threshold = FalseAlarms.ThresholdFor(settings.MeasurementsPerFalseAlarm, ShiftScan.Shortest, Regime.Capacity);
        regime = new Regime(settings, [], earlier: null);
    }

    /// <summary>The latest change of level in either direction; null when there was none.</summary>
    public LevelShift? LastShift { get; private set; }

    /// <summary>To be told before the measurements that ran with it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies before the last one.</exception>
    public void Deploy(Deployment deployment) => deployments.Add(deployment);

    /// <summary>The change was intended, or is lived with: the pattern since is what counts from now on.</summary>
    public void Accept() => excursion = null;

    /// <exception cref="ArgumentOutOfRangeException">
    /// The value isn't finite, or the position lies before the last one.
    /// </exception>
    public DriftVerdict Add(Measurement measurement)
    {
        if (!double.IsFinite(measurement.Value))
        {
            throw new ArgumentOutOfRangeException(nameof(measurement), measurement.Value, "A measurement must be finite.");
        }

        if (measurement.Position < latest)
        {
            throw new ArgumentOutOfRangeException(nameof(measurement), measurement.Position, "Measurements come in order.");
        }

        latest = measurement.Position;
        count++;
        Note(measurement);
        regime.Add(measurement);
        if (excursion?.Returned(measurement) is { } before)
        {
            regime = before;
            excursion = null;
        }

        return Raised() ?? Lasting();
    }

    /// <summary>What a measurement says by itself: an outlier, or one more of its build.</summary>
    private void Note(Measurement measurement)
    {
        var build = deployments.At(measurement.Position);
        inBuild = ReferenceEquals(build, lastBuild) ? inBuild + 1 : 1;
        lastBuild = build;
        if (regime.Usual is not { } usual)
        {
            return;
        }

        builds.Add(regime.ScoreOf(measurement.Value), isFirst: inBuild == 1);
        if (Math.Abs(usual.ScoreOf(measurement.Value)) >= SpikeDeviations)
        {
            spikes.Enqueue(count);
            lastSpike = (count, measurement, usual.ScoreOf(measurement.Value));
        }

        while (spikes.TryPeek(out var oldest) && oldest <= count - SpikesRemembered)
        {
            spikes.Dequeue();
        }
    }

    private DriftVerdict.Regression? Raised()
    {
        var found = ShiftScan.Strongest(regime);
        if (found.Strength < threshold)
        {
            return null;
        }

        var onset = Onset.Of(regime, found);
        if (!deployments.IsEmpty && regime.Count - onset.Index <= Math.Min(inBuild, LongEnough - 1))
        {
            return null; // All of it within one build, so far.
        }

        var shift = Described(found, onset);
        var after = regime.From(onset.Index);
        regime.Truncate(onset.Index);
        LastShift = shift;
        spikes.Clear(); // What looked like outliers was the new level.
        if (excursion?.Returned(shift, after) is { } before)
        {
            (regime, excursion) = (before, null);
            return null;
        }

        var isSame = excursion?.IsSame(shift, after.Count) == true;
        var isNew = !isSame && settings.Harms(upwards: found.Rise > 0);
        if (isSame)
        {
            excursion!.Extend(shift);
        }
        else if (isNew)
        {
            excursion = new Excursion(excursion?.Before ?? regime, shift);
        }

        regime = new Regime(settings, after, earlier: regime);
        return isNew ? new DriftVerdict.Regression(shift, IsNew: true) : null;
    }

    private LevelShift Described(Comparison found, Onset onset)
    {
        var (first, last) = (regime[onset.Earliest].Position, regime[onset.Latest].Position);
        return new LevelShift(
            regime[onset.Index].Position,
            first,
            last,
            regime.MedianOf(regime.FirstKept, onset.Index),
            regime.MedianOf(onset.Index, regime.Count),
            found.Rise,
            found.Strength,
            onset.IsGradual)
        {
            Since = deployments.At(regime[onset.Index].Position),
            Suspects = deployments.Between(first, last),
        };
    }

    private DriftVerdict Lasting()
    {
        if (excursion is { } away)
        {
            return new DriftVerdict.Regression(away.Shift, IsNew: false);
        }

        if (regime.Usual is not { } usual)
        {
            return new DriftVerdict.Undecided($"{regime.Count} measurements, fewer than {Regime.FewestBefore}");
        }

        if (spikes.Count > 0 && lastSpike.Ordinal == count)
        {
            return new DriftVerdict.Spike(lastSpike.Measurement, lastSpike.Deviations, IsNewest: true);
        }

        if (builds.Share is { } share)
        {
            return new DriftVerdict.BuildDependent(share);
        }

        var relative = usual.Spread / Math.Abs(usual.Median);
        if (relative >= settings.HighRelativeSpread && double.IsFinite(relative)) // About zero, there is no share to speak of.
        {
            return new DriftVerdict.HighDeviation(relative);
        }

        return spikes.Count >= FewestSpikes
            ? new DriftVerdict.Spike(lastSpike.Measurement, lastSpike.Deviations, IsNewest: false)
            : new DriftVerdict.Stable(usual.Median);
    }
}
