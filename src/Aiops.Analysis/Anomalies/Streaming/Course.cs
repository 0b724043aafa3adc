namespace Aiops.Analysis.Anomalies.Streaming;

/// <summary>The usual course of a gauge: what value is expected when, and how far the series is off.</summary>
internal sealed class Course(StreamingDetectorSettings settings)
{
    private const double Indistinct = 1e-9; // Of the largest value seen: below it lies only the rounding of sums.
    private readonly Seasons seasons = new(settings.SeasonLimit);
    private ControlChart single = new(1, settings.SpikeLimit, power: 4);
    private ControlChart shifts = new(settings.ShiftMemory, settings.ShiftLimit, power: 2);
    private ControlChart drifts = new(settings.DriftMemory, settings.DriftLimit, power: 2);
    private Stillness runs;
    private double level;
    private double largest;
    private double previous;
    private int run;
    private bool everMoved;

    /// <summary>Values learned.</summary>
    public int Count { get; private set; }

    /// <summary>The value promised for the moment moved to; NaN before the first.</summary>
    public double Expected { get; private set; } = double.NaN;

    /// <summary>The furthest that a single value may lie above the expected one.</summary>
    public double UpperReach => single.UpperReach;

    public double LowerReach => single.LowerReach;

    public void MoveTo(long unixMilliseconds) => Expected = Count == 0 ? double.NaN : level + seasons.MoveTo(unixMilliseconds);

    /// <summary>How far a value is off at the moment moved to, by what it departs most, and then learns it.</summary>
    public (double Departure, AnomalyShape Shape) JudgeAndLearn(double value)
    {
        if (Count == 0)
        {
            (level, previous, Expected) = (value, value, value);
        }

        Count++;
        largest = Math.Max(largest, Math.Abs(value));
        var floor = Indistinct * largest;
        var rate = Math.Max(1.0 / Count, 1 / settings.SpreadMemory);
        var deviation = value - Expected;
        var spike = single.Judge(deviation, floor);
        var shift = Math.Max(shifts.Judge(deviation, floor), drifts.Judge(deviation, floor));
        var still = JudgeRun(value, floor, rate);
        single.Learn(rate);
        shifts.Learn(rate);
        drifts.Learn(rate);
        var around = value - level;
        seasons.Learn(around);
        level += around * Math.Max(1.0 / Count, 1 / settings.LevelMemory);
        return spike >= shift && spike >= still ? (spike, AnomalyShape.Spike)
            : shift >= still ? (shift, AnomalyShape.Shift)
            : (still, AnomalyShape.Flatline);
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
