using Aiops.Analysis;

namespace Aiops.Pipeline.GatherContext;

/// <summary>The stretch judged and those it is judged against. They need not touch, nor come in this order.</summary>
public sealed record AnalysisWindows(TimeWindows Baseline, TimeWindow Incident)
{
    /// <summary>How long before the alarm's state the fault may have begun: alarms wait for several periods.</summary>
    public static readonly TimeSpan DefaultLead = TimeSpan.FromMinutes(30);

    /// <summary>How much history is asked for.</summary>
    public static readonly TimeSpan DefaultBaseline = TimeSpan.FromHours(24);

    /// <summary>How long after its newest event an incident is followed: a late analysis looks at the fault, not at today.</summary>
    public static readonly TimeSpan LongestAftermath = TimeSpan.FromHours(1);

    private const int LeadPeriods = 6;     // Alarms that want more periods than this in breach are rare.
    private const int GuardPart = 4;       // Of the baseline, one part in so many at most.
    private static readonly TimeSpan ShortestAftermath = TimeSpan.FromMinutes(5);

    /// <summary>From before the alarm's breach to now, and up to a day before that.</summary>
    /// <param name="now">The time of the analysis; earlier than the alarm when clocks disagree, which is borne.</param>
    public static AnalysisWindows For(Incident incident, DateTimeOffset now)
    {
        var period = incident.First.Signal?.Period ?? TimeSpan.Zero;
        var lead = LeadPeriods * period > DefaultLead ? LeadPeriods * period : DefaultLead;
        var start = incident.OpenedAt - lead;
        var latest = incident.LastEventAt + LongestAftermath;
        var earliest = incident.LastEventAt + ShortestAftermath;
        var end = now < earliest ? earliest : now > latest ? latest : now;
        return new AnalysisWindows(new TimeWindow(start - DefaultBaseline, start), new TimeWindow(start, end));
    }

    /// <summary>
    /// Just before the incident: nothing is judged against it, and the incident may have begun there. Null where there is none.
    /// </summary>
    public TimeWindow? Guard { get; init; }

    /// <summary>All of them, with what lies between.</summary>
    public TimeWindow Hull
    {
        get
        {
            var start = Guard?.Start ?? Incident.Start;
            var end = Baseline.End > Incident.End ? Baseline.End : Incident.End;
            return new(Baseline.Start < start ? Baseline.Start : start, end);
        }
    }

    /// <summary>
    /// The same with a guard as long as the incident, but of at most a quarter of the baseline: who tells a beginning tells when
    /// it was noticed, and nobody vouches for what came just before.
    /// </summary>
    /// <remarks>
    /// As radar's guard cells [Rohling1983], on the one side where a fault can lie.
    /// [Rohling1983] H. Rohling: Radar CFAR Thresholding in Clutter and Multiple Target Situations, IEEE Transactions on
    /// Aerospace and Electronic Systems 19 (1983).
    /// </remarks>
    public AnalysisWindows WithGuard()
    {
        var most = Baseline.Length / GuardPart;
        var guard = new TimeWindow(Incident.Start - (Incident.Length < most ? Incident.Length : most), Incident.Start);
        var unguarded = Baseline.Stretches.SelectMany(stretch => Outside(stretch, guard));
        return this with { Baseline = new TimeWindows(unguarded), Guard = guard };
    }

    private static IEnumerable<TimeWindow> Outside(TimeWindow stretch, TimeWindow guard)
    {
        if (stretch.Start < guard.Start)
        {
            yield return new TimeWindow(stretch.Start, stretch.End < guard.Start ? stretch.End : guard.Start);
        }

        if (stretch.End > guard.End)
        {
            yield return new TimeWindow(stretch.Start > guard.End ? stretch.Start : guard.End, stretch.End);
        }
    }
}

/// <summary>Names the windows where the defaults don't fit: a recording knows what it holds.</summary>
public interface IWindowHints
{
    /// <summary>The windows for one source of the incident; null for the defaults.</summary>
    Task<AnalysisWindows?> WindowsAsync(string incidentId, ContextSource source, CancellationToken cancellationToken);
}
