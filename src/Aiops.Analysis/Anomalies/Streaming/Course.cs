namespace Aiops.Analysis.Anomalies.Streaming;

/// <summary>The usual course of a gauge: what value is expected when, and how far the series is off.</summary>
internal sealed class Course(StreamingDetectorSettings settings)
{
    private const double Indistinct = 1e-9; // Of the largest value seen: below it lies only the rounding of sums.
    private const double LatestWeight = 0.2; // Of a point, in the mean of the last few.
    private const double LeastUnexplained = 1e-6; // A season that explains all leaves nothing to divide by.
    private readonly Seasons seasons = new(settings.SeasonLimit);
    private ControlChart singles = new(1, settings.SpikeLimit, power: 4);
    private ControlChart jumps = new(1, settings.JumpLimit, power: 4);
    private ControlChart shifts = new(settings.ShiftMemory, settings.ShiftLimit, power: 2);
    private ControlChart drifts = new(settings.DriftMemory, settings.DriftLimit, power: 2);
    private Stillness runs;
    private double level;
    private double latest;
    private double unexplained = 1;
    private double largest;
    private double previous;
    private int run;
    private bool everMoved;

    /// <summary>Values learned.</summary>
    public int Count { get; private set; }

    /// <summary>The value promised for the moment moved to; NaN before the first.</summary>
    public double Expected { get; private set; } = double.NaN;

    /// <summary>The furthest that a single value may lie above the expected one.</summary>
    public double UpperReach => singles.UpperReach;

    public double LowerReach => singles.LowerReach;

    public void MoveTo(long unixMilliseconds)
    {
        var before = seasons.Promise;
        if (seasons.MoveTo(unixMilliseconds))
        {
            latest += before - seasons.Promise;
            RescaleTo(Math.Max(LeastUnexplained, seasons.Unexplained));
        }

        unexplained = Math.Max(LeastUnexplained, seasons.Unexplained);
        Expected = Count == 0 ? double.NaN : level + seasons.Promise;
    }

    /// <summary>How far a value is off at the moment moved to, by what it departs most, and then learns it.</summary>
    public (double Departure, AnomalyShape Shape) JudgeAndLearn(double value)
    {
        if (Count == 0)
        {
            (level, latest, previous, Expected) = (value, value, value, value);
        }

        Count++;
        largest = Math.Max(largest, Math.Abs(value));
        var floor = Indistinct * largest;
        var rate = Math.Max(1.0 / Count, 1 / settings.SpreadMemory);
        var deviation = value - Expected;
        var step = value - seasons.Promise - latest;
        var spike = Math.Max(singles.Judge(deviation, floor), jumps.Judge(step, floor));
        var shift = Math.Max(shifts.Judge(deviation, floor), drifts.Judge(deviation, floor));
        var still = JudgeRun(value, floor, rate);
        singles.Learn(rate);
        jumps.Learn(rate);
        shifts.Learn(rate);
        drifts.Learn(rate);
        var around = value - level;
        seasons.Learn(around);
        level += around * Math.Max(1.0 / Count, 1 / settings.LevelMemory);
        latest += step * LatestWeight;
        return spike >= shift && spike >= still ? (spike, AnomalyShape.Spike)
            : shift >= still ? (shift, AnomalyShape.Shift)
            : (still, AnomalyShape.Flatline);
    }

    /// <summary>Charts that learned around another season, or none, fit the one that is now in use.</summary>
    private void RescaleTo(double share)
    {
        var variances = share / unexplained;
        singles.Rescale(variances);
        jumps.Rescale(variances);
        shifts.Rescale(variances);
        drifts.Rescale(variances);
    }

    /// <remarks>A series that never moved isn't stuck.</remarks>
    private double JudgeRun(double value, double floor, double rate)
    {
        var same = Math.Abs(value - previous) <= floor;
        previous = value;
        if (same)
        {
            run++;
            return everMoved ? runs.Judge(run, settings.ShortestRun) / settings.StillnessLimit : 0;
        }

        runs.Learn(run, rate);
        run = 0;
        everMoved = true;
        return 0;
    }
}
