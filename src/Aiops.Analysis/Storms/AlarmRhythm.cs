namespace Aiops.Analysis.Storms;

/// <summary>
/// How long an incident may be silent before the next alarm of its neighbourhood is another incident's, learned from the
/// gaps between alarms: those within an incident and those between two are a mixture, and the window ends where a gap may
/// well be one of the second kind [Halfaker2015].
/// </summary>
/// <remarks>
/// [Halfaker2015] A. Halfaker et al.: User Session Identification Based on Strong Regularities in Inter-activity Time, WWW
/// 2015, fits log-normals to a finished log's gaps. Here it is a stream: gaps are counted in half octaves, the mixture is fitted
/// again by expectation maximisation as counts grow, and old counts fade by halving. Gaps between incidents are taken as
/// exponential (incidents begin independently of each other), so that silences longer than can be observed count as censored.
/// Gaps below a second are one scrape's, not a rhythm, and aren't counted. The window ends where three gaps in ten would lie
/// between incidents, not five: one incident hidden in another costs more than one told in two.
/// </remarks>
public sealed class AlarmRhythm
{
    /// <summary>Before so many gaps nothing is learned: a first storm must not hide the second.</summary>
    public const int FewestGaps = 10;

    /// <summary>No window is shorter: most monitoring looks at its alarms once a minute.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    private const int HalvedAt = 20_000; // Some weeks of a busy estate: what is learned follows its changes.
    private const int Rounds = 30;
    private const double NarrowestSpread = 0.5; // In e-folds; a fixed evaluation period would have none.
    private const double FirstSpread = 1.5; // A guess that counts as so many gaps: ten of one length don't make a law.
    private const double FirstSpreadCounts = 10;
    private const double MostBetween = 0.3;
    private const double Step = 1.05;

    private readonly TimeSpan longest;
    private readonly int[] counts;
    private int total;
    private int quiet;

    /// <param name="longest">The window while nothing is learned, and its upper end.</param>
    public AlarmRhythm(TimeSpan longest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(longest, TimeSpan.Zero);
        this.longest = longest;
        counts = new int[Math.Max(1, BinOf(longest.TotalSeconds) + 1)];
        Window = longest;
    }

    /// <summary>As learned so far; from <see cref="Shortest"/> to the longest.</summary>
    public TimeSpan Window { get; private set; }

    public static AlarmRhythm Restore(TimeSpan longest, AlarmMemory memory)
    {
        var rhythm = new AlarmRhythm(longest) { quiet = memory.Quiet };
        for (var bin = 0; bin < Math.Min(memory.Gaps.Count, rhythm.counts.Length); bin++)
        {
            rhythm.counts[bin] = memory.Gaps[bin];
        }

        rhythm.total = rhythm.counts.Sum() + rhythm.quiet;
        rhythm.Window = memory.Window is { } window && window < longest ? window : longest;
        return rhythm;
    }

    public AlarmMemory Remember(AlarmMemory memory) => memory with
    {
        Gaps = counts.AsSpan().TrimEnd(0).ToArray(),
        Quiet = quiet,
        Window = Window < longest ? Window : null,
    };

    /// <summary>
    /// Counts the time since the neighbourhood's last alarm; null where it was quiet for the longest window or longer.
    /// </summary>
    public void Observe(TimeSpan? gap)
    {
        if (gap < TimeSpan.FromSeconds(1))
        {
            return;
        }

        if (gap is { } observed && observed < longest)
        {
            counts[BinOf(observed.TotalSeconds)]++;
        }
        else
        {
            quiet++;
        }

        total++;
        if (total >= HalvedAt)
        {
            Halve();
        }

        // At powers of two that follow the total, so that a restored rhythm learns at the same alarms.
        if (total - quiet >= FewestGaps && total % (1 << Math.Max(0, int.Log2(total) - 5)) == 0)
        {
            Window = Fit();
        }
    }

    private TimeSpan Fit()
    {
        var centre = 0d;
        for (var bin = 0; bin < counts.Length; bin++)
        {
            centre += counts[bin] * Math.Log(SecondsOf(bin)) / (total - quiet);
        }

        var mixture = new Mixture(centre, FirstSpread, 1 / longest.TotalSeconds, 0.1);
        for (var round = 0; round < Rounds; round++)
        {
            mixture = Improve(mixture);
        }

        var seconds = Math.Exp(mixture.Centre + mixture.Spread);
        while (seconds < longest.TotalSeconds && mixture.ShareBetween(seconds) < MostBetween)
        {
            seconds *= Step;
        }

        // Whole seconds: the same on every processor.
        var shortest = Math.Min(Shortest.TotalSeconds, longest.TotalSeconds);
        return TimeSpan.FromSeconds(Math.Round(Math.Clamp(seconds, shortest, longest.TotalSeconds)));
    }

    private Mixture Improve(Mixture mixture)
    {
        double within = 0, sum = 0, squares = 0, between = 0, waited = 0;
        for (var bin = 0; bin < counts.Length; bin++)
        {
            if (counts[bin] == 0)
            {
                continue;
            }

            var seconds = SecondsOf(bin);
            var (log, share) = (Math.Log(seconds), mixture.ShareBetween(seconds));
            within += counts[bin] * (1 - share);
            sum += counts[bin] * (1 - share) * log;
            squares += counts[bin] * (1 - share) * log * log;
            between += counts[bin] * share;
            waited += counts[bin] * share * seconds;
        }

        if (within < 1)
        {
            return mixture;
        }

        var centre = sum / within;
        var variance = Math.Max(0, squares / within - centre * centre);
        variance = (variance * within + FirstSpread * FirstSpread * FirstSpreadCounts) / (within + FirstSpreadCounts);
        waited += (quiet + 1) * longest.TotalSeconds; // One incident in the longest window is the prior.
        return new Mixture(
            centre,
            Math.Max(NarrowestSpread, Math.Sqrt(variance)),
            (between + 1) / waited,
            (between + quiet + 1) / (between + quiet + within + 2));
    }

    private void Halve()
    {
        for (var bin = 0; bin < counts.Length; bin++)
        {
            counts[bin] /= 2;
        }

        quiet /= 2;
        total = counts.Sum() + quiet;
    }

    private static int BinOf(double seconds) => (int)Math.Floor(2 * Math.Log2(seconds));

    private static double SecondsOf(int bin) => Math.Pow(2, (bin + 0.5) / 2);

    /// <summary>
    /// Log-normal gaps within incidents (centre and spread of the logarithm), exponential ones between (a second), and their
    /// share.
    /// </summary>
    private readonly record struct Mixture(double Centre, double Spread, double Rate, double Between)
    {
        /// <summary>The probability that a gap of so many seconds lies between two incidents.</summary>
        public double ShareBetween(double seconds)
        {
            var distance = (Math.Log(seconds) - Centre) / Spread;
            var within = (1 - Between) * Math.Exp(-distance * distance / 2) / (Spread * Math.Sqrt(2 * Math.PI));
            var between = Between * Rate * seconds * Math.Exp(-Rate * seconds); // Both as densities of the logarithm.
            return between / (within + between);
        }
    }
}
