using Aiops.Aws.Wire;
using Aiops.Aws.Wire.CloudWatch;
using Aiops.Pipeline.GatherContext.Sources;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Aws.CloudWatch;

/// <summary>
/// Finds alarms whose event was missed, and those that intake takes to be firing when they are over or gone, and puts what they
/// would have told into the queue. Doing it again, or too early, is harmless: intake knows a state change by subject, state and
/// time, and a message by its id.
/// </summary>
public sealed class AlarmReconciliation(
    WireClient client, IKnownAlarms known, EventDoor door, ReconcileSettings settings, TimeProvider time)
{
    private const string Format = "reconciliation";
    private static readonly string[] AllTypes = ["MetricAlarm", "CompositeAlarm"]; // Composites come only when asked for.
    private static readonly TimeSpan SameMoment = TimeSpan.FromSeconds(1);

    /// <exception cref="SourceDeniedException">Alarms can't be listed.</exception>
    public async Task<ReconcileReport> RunAsync(CancellationToken cancellationToken)
    {
        using Patience patience = new(settings.Patience, time, cancellationToken);
        Findings found = new();
        var inTime = await patience.TryAsync(token => FindMissedAsync(found, token))
            && await patience.TryAsync(token => FindStuckAsync(found, token));
        return new ReconcileReport(found.Seen, found.Missed, found.Stuck, found.Gone, inTime && !found.IsCut);
    }

    private async Task FindMissedAsync(Findings found, CancellationToken token)
    {
        var request = new DescribeAlarmsRequest { StateValue = "ALARM", AlarmTypes = AllTypes };
        await foreach (var page in AlarmLookup.PagesAsync(client, request, token))
        {
            var events = Events(page).ToList();
            foreach (var alarm in page.MetricAlarms.Where(IsMultiSeries))
            {
                events.AddRange(await ContributorsAsync(alarm, token));
            }

            var records = await known.FindAsync([.. events.Select(e => e.Subject)], token);
            foreach (var told in events.Where(e => IsNews(e, records.GetValueOrDefault(e.Subject))))
            {
                await door.AdmitAsync(told.ToBody(settings.Account, settings.Region), Format, token);
                found.Missed.Add(told.Subject);
            }

            found.Seen += page.MetricAlarms.Count + page.CompositeAlarms.Count;
            if (found.Seen >= settings.MostAlarms && page.NextToken is not null)
            {
                found.IsCut = true;
                return;
            }
        }
    }

    private async Task FindStuckAsync(Findings found, CancellationToken token)
    {
        await foreach (var stuck in new StuckAlarms(client, known, settings, time).FindAsync(token))
        {
            await door.AdmitAsync(stuck.Body, Format, token);
            (stuck.IsGone ? found.Gone : found.Stuck).Add(stuck.Subject);
        }
    }

    private IEnumerable<AlarmStateEvent> Events(DescribeAlarmsResponse page)
        => page.MetricAlarms.Select(AlarmStateEvent.Of).Concat(page.CompositeAlarms.Select(AlarmStateEvent.Of))
            .OfType<AlarmStateEvent>()
            .Where(e => settings.OwnAlarmPrefix is not { Length: > 0 } own || !e.Name.StartsWith(own, StringComparison.Ordinal))
            .Where(e => e.At <= time.GetUtcNow() - settings.Grace);

    private static bool IsNews(AlarmStateEvent told, SubjectRecord? record)
        => record?.StateAt is not { } at || (record.State == told.State ? at < told.At - SameMoment : at < told.At);

    private static bool IsMultiSeries(MetricAlarm alarm)
        => alarm.Metrics.Any(m => m.Expression?.Contains(" GROUP BY ", StringComparison.OrdinalIgnoreCase) == true);

    private async Task<IReadOnlyList<AlarmStateEvent>> ContributorsAsync(MetricAlarm alarm, CancellationToken token)
    {
        if (AlarmStateEvent.Of(alarm) is not { } whole)
        {
            return [];
        }

        var events = (await AlarmLookup.ContributorsAsync(client, whole.Name, token)).Select(c => whole with
        {
            Contributor = c,
            Reason = c.StateReason,
            ReasonData = null,
            At = c.StateTransitionedTimestamp ?? whole.At,
        });
        return [.. events.Where(e => e.At <= time.GetUtcNow() - settings.Grace)];
    }

    private sealed class Findings
    {
        public int Seen { get; set; }

        public List<string> Missed { get; } = [];

        public List<string> Stuck { get; } = [];

        public List<string> Gone { get; } = [];

        public bool IsCut { get; set; }
    }
}
