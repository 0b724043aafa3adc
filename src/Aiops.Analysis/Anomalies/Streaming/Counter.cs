namespace Aiops.Analysis.Anomalies.Streaming;

/// <summary>Finds out whether a series counts (only rises, but for restarts), and turns it into a rate.</summary>
internal struct Counter
{
    private const double FewestRises = 0.5;  // Of its points: a flat line that rises once isn't a counter.
    private const double MostRestarts = 0.02;
    private int seen;
    private int rises;
    private int drops;
    private double previous;

    /// <summary>Whether it is judged by its rate.</summary>
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

    /// <summary>What was added a second since the value before; a restart counts from 0.</summary>
    public readonly double RateTo(double value, double seconds) => (value < previous ? value : value - previous) / seconds;

    public void Learn(double value) => previous = value;
}
