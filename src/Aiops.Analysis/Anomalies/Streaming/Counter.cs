namespace Aiops.Analysis.Anomalies.Streaming;

/// <summary>Finds out whether a series counts (only rises, but for restarts), and turns it into increments a usual step.</summary>
internal struct Counter
{
    private const double FewestRises = 0.5;  // Of its points: a flat line that rises once isn't a counter.
    private const double MostRestarts = 0.02;
    private int seen;
    private int rises;
    private int drops;
    private double previous;

    /// <summary>Whether it is judged by its increments.</summary>
    public bool Counts { get; private set; }

    /// <summary>The value before, to which an expected increment is added.</summary>
    public readonly double Previous => previous;

    /// <summary>Takes a value in, and says whether the series has turned out to be of the other kind.</summary>
    /// <param name="fewest">Points after which it is decided.</param>
    public bool Observe(double value, int fewest)
    {
        rises += seen > 0 && value > previous ? 1 : 0;
        drops += seen > 0 && value < previous ? 1 : 0;
        seen++;
        var counted = Counts;
        if (seen == fewest)
        {
            Counts = drops <= MostRestarts * seen && rises >= FewestRises * seen;
        }
        else if (Counts && drops > MostRestarts * seen)
        {
            Counts = false; // For good: nobody is asked twice.
        }

        return Counts != counted;
    }

    /// <summary>What was added since the value before, a usual step; after a restart, which counts from 0, the value itself.</summary>
    public readonly double IncrementTo(double value, double steps) => (value < previous ? value : value - previous) / steps;

    public void Learn(double value) => previous = value;
}
