namespace Aiops.Analysis.Anomalies.Streaming;

/// <summary>
/// Judges one series point by point, from the points before it alone, in constant memory and without allocating.
/// </summary>
/// <remarks>
/// <para>
/// A value is expected at the level (an exponentially weighted mean [Roberts1959]) plus what the best season promises, if one
/// explains the series. Its deviation is charted by itself, and against that of the last few points
/// (<see cref="AnomalyShape.Spike"/>), and averaged over a short and a long time (<see cref="AnomalyShape.Shift"/>), each
/// against how far it usually reaches. Runs of one value and missing points are compared with the longest before. The
/// strongest of these is the departure; 1 is an anomaly, for every series.
/// </para>
/// <para>
/// Every point is learned after it is judged, anomalies too: familiar bursts stop alarming, and a series that has moved for
/// good is at home where it went after a while. After an alarm the bar is raised and sinks slowly, so that an incident alarms
/// once, and again only when it becomes much worse.
/// </para>
/// <para>
/// Stamps may be irregular, repeat or step back: they set the season's phase and reveal gaps, and points are judged in the
/// order in which they come. A value that isn't finite is a point that is missing. A series that only rises is judged by its
/// rate, as a counter, where a step down is a restart. Values beyond ±1e75 are cut there. One instance is one
/// series; not for several threads at once.
/// </para>
/// [Roberts1959] S. W. Roberts: Control Chart Tests Based on Geometric Moving Averages, Technometrics 1 (1959).
/// </remarks>
public sealed class StreamingDetector
{
    private const double Largest = 1e75; // Its fourth power is still finite.
    private readonly StreamingDetectorSettings settings;
    private Course course;
    private Pace pace;
    private Counter counter;
    private double raised; // The bar's height over the usual one, in refractory gains.

    public StreamingDetector(StreamingDetectorSettings? settings = null)
    {
        this.settings = settings ?? StreamingDetectorSettings.Default;
        course = new Course(this.settings);
    }

    /// <param name="unixMilliseconds">When the value was measured, or should have been.</param>
    /// <param name="value">In the series' unit; NaN for a point that is missing.</param>
    public StreamingVerdict Next(long unixMilliseconds, double value)
    {
        var steps = pace.StepsTo(unixMilliseconds);
        var (departure, shape) = (pace.Judge(steps, settings.ShortestGap) / settings.StillnessLimit, AnomalyShape.Gap);
        var seconds = pace.SecondsTo(unixMilliseconds);
        var knowing = course.Count >= settings.FewestPoints;
        course.MoveTo(unixMilliseconds);
        var (expected, low, high) = BandAfter(seconds, knowing);
        if (double.IsFinite(value))
        {
            value = Math.Clamp(value, -Largest, Largest);
            if (counter.Observe(value, settings.FewestPoints))
            {
                course = new Course(settings);
                course.MoveTo(unixMilliseconds);
            }

            var judged = course.JudgeAndLearn(counter.Counts ? counter.RateTo(value, seconds) : value);
            (departure, shape) = judged.Departure >= departure ? judged : (departure, shape);
            counter.Learn(value);
            pace.Learn(unixMilliseconds, steps, 1 / settings.SpreadMemory);
        }

        departure = knowing ? departure : 0;
        var news = NewsOf(departure);
        return new StreamingVerdict(expected, low, high, departure, news / (1 + news), departure < 1 ? AnomalyShape.None : shape);
    }

    /// <summary>The departure in heights of the bar, which an alarm raises: to where the departure is, at least.</summary>
    private double NewsOf(double departure)
    {
        var news = departure / (1 + (settings.RefractoryGain * raised));
        var fades = pace.PointsIn(settings.RefractoryTime);
        raised -= raised / Math.Clamp(fades, settings.FewestRefractoryPoints, settings.MostRefractoryPoints);
        raised = news >= 1 ? Math.Max(raised + 1, (departure - 1) / settings.RefractoryGain) : raised;
        return news;
    }

    private (double Expected, double Low, double High) BandAfter(double seconds, bool knowing)
    {
        var (start, scale) = counter.Counts ? (counter.Previous, seconds) : (0, 1);
        var expected = start + (scale * course.Expected);
        return knowing
            ? (expected, expected - (scale * course.LowerReach), expected + (scale * course.UpperReach))
            : (expected, double.NaN, double.NaN);
    }
}
