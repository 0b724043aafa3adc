using System.Runtime.CompilerServices;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.CloudWatch;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake.Formats;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Aws.CloudWatch;

/// <summary>
/// What intake takes to be firing and isn't: alarms that are over, series of an alarm that are, alarms that were deleted. Of our
/// own account and Region alone, for others' alarms can't be described here.
/// </summary>
internal sealed class StuckAlarms(WireClient client, IKnownAlarms known, ReconcileSettings settings, TimeProvider time)
{
    private const int MostNames = 100; // In one call.
    private static readonly string[] AllTypes = ["MetricAlarm", "CompositeAlarm"];

    public async IAsyncEnumerable<StuckAlarm> FindAsync([EnumeratorCancellation] CancellationToken token)
    {
        var firing = (await known.FiringAsync(token)).Where(IsOurs).ToLookup(ArnOf);
        foreach (var some in firing.Chunk(MostNames))
        {
            var page = await client.AskAsync(
                new DescribeAlarmsRequest
                {
                    AlarmNames = [.. some.Select(NameOf)],
                    AlarmTypes = AllTypes,
                    MaxRecords = MostNames,
                },
                token);
            var states = page.MetricAlarms.Select(AlarmStateEvent.Of).Concat(page.CompositeAlarms.Select(AlarmStateEvent.Of))
                .OfType<AlarmStateEvent>().ToDictionary(state => state.Arn);
            var listed = page.MetricAlarms.Select(a => a.AlarmArn).Concat(page.CompositeAlarms.Select(a => a.AlarmArn))
                .ToHashSet();
            var records = await known.FindAsync([.. some.SelectMany(alarm => alarm).Select(told => told.Subject)], token);
            foreach (var alarm in some)
            {
                var found = states.TryGetValue(alarm.Key, out var state) ? await OverAsync(state, alarm, records, token)
                    : listed.Contains(alarm.Key) ? []
                    : Gone(alarm, records);
                foreach (var one in found)
                {
                    yield return one;
                }
            }
        }
    }

    private async Task<IEnumerable<StuckAlarm>> OverAsync(
        AlarmStateEvent state, IEnumerable<Trigger> firing, IReadOnlyDictionary<string, SubjectRecord> records,
        CancellationToken token)
    {
        if (state.State == "OK")
        {
            return state.At > Settled ? [] : firing.Select(told => Over(told, told.Contributor is { } series
                ? state with { Contributor = new AlarmContributor { ContributorId = series } }
                : state));
        }

        var series = firing.Where(told => told.Contributor is not null && Since(told, records) <= Settled).ToList();
        if (state.State != "ALARM" || series.Count == 0)
        {
            return [];
        }

        // An id that intake made itself, for want of one, is known by the attributes.
        var current = (await AlarmLookup.ContributorsAsync(client, state.Name, token))
            .SelectMany(c => new[] { c.ContributorId, Digest.Of(c.ContributorAttributes ?? new Dictionary<string, string>()) })
            .ToHashSet();
        return series.Where(told => !current.Contains(told.Contributor!))
            .Select(told => Over(told, Ended(state, told, records, "It is no longer among the series in alarm.")));
    }

    private IEnumerable<StuckAlarm> Gone(IGrouping<string, Trigger> alarm, IReadOnlyDictionary<string, SubjectRecord> records)
        => alarm.Where(told => !MayBeLogAlarm(told) && Since(told, records) <= Settled).Select(told =>
        {
            AlarmStateEvent gone = new(NameOf(alarm), alarm.Key, "OK", time.GetUtcNow());
            var body = told.Contributor is null
                ? AlarmDeletion.ToBody(
                    gone.Arn, gone.Name, AlarmStateEvent.IdOf(told.Subject, "delete", Since(told, records)), gone.At, settings)
                : Body(Ended(gone, told, records, "Its alarm no longer exists."));
            return new StuckAlarm(told.Subject, IsGone: true, body);
        });

    // When it ended isn't said: now, under an id that is the same by every look until it fires anew.
    private AlarmStateEvent Ended(
        AlarmStateEvent alarm, Trigger told, IReadOnlyDictionary<string, SubjectRecord> records, string reason) => alarm with
        {
            Id = AlarmStateEvent.IdOf(told.Subject, "OK", Since(told, records)),
            State = "OK",
            At = time.GetUtcNow(),
            Contributor = new AlarmContributor { ContributorId = told.Contributor! },
            Reason = reason,
            ReasonData = null,
        };

    private StuckAlarm Over(Trigger told, AlarmStateEvent state) => new(told.Subject, IsGone: false, Body(state));

    private byte[] Body(AlarmStateEvent state) => state.ToBody(settings.Account, settings.Region);

    /// <summary>What is younger may still be on its way, either way.</summary>
    private DateTimeOffset Settled => time.GetUtcNow() - settings.Grace;

    private static DateTimeOffset Since(Trigger told, IReadOnlyDictionary<string, SubjectRecord> records)
        => records.GetValueOrDefault(told.Subject)?.StateAt ?? told.OccurredAt;

    private bool IsOurs(Trigger told)
        => Arn.Parse(ArnOf(told)) is { Name: { } name } arn
            && arn.Account == settings.Account && arn.Region == settings.Region
            && !(settings.OwnAlarmPrefix is { Length: > 0 } own && name.StartsWith(own, StringComparison.Ordinal));

    // The name of an alarm may hold a # too.
    private static string ArnOf(Trigger told)
        => told.Contributor is { } series && told.Subject.EndsWith($"#{series}", StringComparison.Ordinal)
            ? told.Subject[..^(series.Length + 1)]
            : told.Subject;

    private static string NameOf(IGrouping<string, Trigger> alarm) => Arn.Parse(alarm.Key)!.Name!;

    /// <summary>
    /// Log alarms are of a type of their own, which isn't asked for: that they aren't listed says nothing. A query without a
    /// metric is theirs, unless it reads a metric's namespace as Metrics Insights does.
    /// </summary>
    private static bool MayBeLogAlarm(Trigger told)
        => told.Signal is { Metric: null, Expression: { } query }
            && !query.Contains("FROM SCHEMA(", StringComparison.OrdinalIgnoreCase)
            && !query.Contains("FROM \"", StringComparison.OrdinalIgnoreCase);
}

/// <summary>One subject to end, and the event that ends it.</summary>
/// <param name="IsGone">Its alarm no longer exists.</param>
internal sealed record StuckAlarm(string Subject, bool IsGone, byte[] Body);
