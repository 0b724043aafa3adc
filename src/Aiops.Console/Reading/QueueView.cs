using System.Text;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Queue;

namespace Aiops.Console.Reading;

/// <summary>What waits, what was set aside, what storms there were, and what was decided of late.</summary>
/// <param name="Decisions">Newest first.</param>
public sealed record QueueView(
    QueueStatus Status, IReadOnlyList<DeadLetter> DeadLetters, IReadOnlyList<Incident> Storms, IReadOnlyList<TriggerDecision> Decisions, TimeSpan Back, DateTimeOffset Until)
{
    /// <summary>So many alarms in one incident are a storm to whoever would have been paged for each.</summary>
    public const int StormFrom = 5;

    private const int MostDeadLetters = 50;
    private const int MostStorms = 20;
    private const int MostDecisions = 200;
    private const int MostRead = 5_000;

    private static readonly (string Name, TimeSpan Back)[] Stretches =
        [("hour", TimeSpan.FromHours(1)), ("day", TimeSpan.FromDays(1)), ("week", TimeSpan.FromDays(7)), ("month", TimeSpan.FromDays(30))];

    public static IEnumerable<string> StretchNames => Stretches.Select(stretch => stretch.Name);

    public string StretchName => Stretches.First(stretch => stretch.Back == Back).Name;

    /// <param name="stretch">How far back decisions are shown, by event time, from the newest incident's last event on: in a replay that is long ago.</param>
    public static async Task<QueueView> ReadAsync(ConsolePorts ports, string? stretch, CancellationToken cancellationToken)
    {
        var back = Stretches.FirstOrDefault(one => one.Name == stretch, Stretches[1]).Back;
        var incidents = await ports.Incidents.ListAsync(null, 500, cancellationToken);
        var last = incidents.Select(incident => incident.LastEventAt).DefaultIfEmpty(ports.Time.GetUtcNow()).Max();
        var until = last.AddTicks(1);
        var decisions = await ports.Incidents.ListDecisionsAsync(new DecisionFilter { From = until - back, To = until, Max = MostRead }, cancellationToken);
        return new QueueView(
            await ports.Queue.StatusAsync(cancellationToken),
            await ports.Queue.ListDeadLettersAsync(new DeadLetterFilter { Max = MostDeadLetters }, cancellationToken),
            [.. incidents.Where(incident => incident.MemberCount >= StormFrom).OrderByDescending(incident => incident.OpenedAt).Take(MostStorms)],
            [.. decisions.Reverse().Take(MostDecisions)],
            back,
            last);
    }

    public static string Body(DeadLetter letter) => Encoding.UTF8.GetString(letter.Body.AsSpan(0, Math.Min(letter.Body.Length, 4_000)));
}
