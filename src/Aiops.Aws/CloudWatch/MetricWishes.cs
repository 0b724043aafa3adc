using Aiops.Aws.Wire;
using Aiops.Aws.Wire.CloudWatch;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext.Sources;
using Aiops.Pipeline.Intake.Formats;

namespace Aiops.Aws.CloudWatch;

/// <summary>
/// What to ask about an incident: what its own alarms watch, what other alarms of its components watch, the standard metrics of
/// the resources those name, and a search by name for a component that nothing else told of.
/// </summary>
internal sealed class MetricWishes(WireClient client, IIncidents incidents, MetricSettings settings)
{
    private readonly List<MetricWish> wishes = [];
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly HashSet<string> resources = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<MetricWish>> ForAsync(
        TelemetryQuery query, Func<TimeSpan?, int> period, List<string> gaps, CancellationToken cancellationToken)
    {
        var members = await incidents.MembersAsync(query.IncidentId, cancellationToken);
        await AddAlarmsAsync(query, members, period, gaps, cancellationToken);
        foreach (var member in members.Where(m => m is { Signal: not null, Component: not null }))
        {
            Add(AlarmWishes.Of(member.Signal!, member.Component!, period, Foreign(member.Account)), member.Component!, period);
        }

        foreach (var component in query.Components.Where(c => !wishes.Exists(w => w.Component == c) && IsSearchable(c)))
        {
            Add([Search(component, period(null))], component, period);
        }

        var order = query.Components.Index().ToDictionary(c => c.Item, c => c.Index);
        return [.. wishes.OrderBy(w => order.GetValueOrDefault(w.Component, int.MaxValue))];
    }

    private async Task AddAlarmsAsync(
        TelemetryQuery query,
        IReadOnlyList<Trigger> members,
        Func<TimeSpan?, int> period,
        List<string> gaps,
        CancellationToken cancellationToken)
    {
        var own = members
            .Where(m => m.Source == TriggerSource.CloudWatch && Foreign(m.Account) is null && m.Component is not null)
            .Select(m => (Name: Arn.Parse(m.Subject.Split('#')[0])?.Name, m.Component)).Where(m => m.Name is not null)
            .DistinctBy(m => m.Name).ToDictionary(m => m.Name!, m => m.Component!);
        try
        {
            await foreach (var alarm in AlarmLookup.NamedAsync(client, own.Keys, cancellationToken))
            {
                Add(alarm, own[alarm.AlarmName!], period);
            }

            var seen = 0;
            await foreach (var page in AlarmLookup.PagesAsync(client, new DescribeAlarmsRequest(), cancellationToken))
            {
                foreach (var alarm in page.MetricAlarms)
                {
                    if (AlarmWishes.ComponentOf(alarm) is { } component && query.Components.Contains(component))
                    {
                        Add(alarm, component, period);
                    }
                }

                if ((seen += page.MetricAlarms.Count) >= settings.MostAlarms && page.NextToken is not null)
                {
                    gaps.Add($"looked through {seen} alarms and not the rest");
                    break;
                }
            }
        }
        catch (SourceDeniedException denied)
        {
            gaps.Add($"alarms can't be listed, so only what the events name was asked for: {denied.Message}");
        }
    }

    private void Add(MetricAlarm alarm, string component, Func<TimeSpan?, int> period)
        => Add(AlarmWishes.Of(alarm, component, period, account: null), component, period);

    private void Add(IEnumerable<MetricWish> more, string component, Func<TimeSpan?, int> period)
    {
        foreach (var wish in more.Where(w => known.Add(w.Key)))
        {
            wishes.Add(wish);
            foreach (var stat in wish.Queries.Select(q => (q.MetricStat?.Metric, q.AccountId)).Where(q => q.Metric is not null))
            {
                AddStandard(component, stat.Metric!, stat.AccountId, period);
            }
        }
    }

    private void AddStandard(string component, Metric metric, string? account, Func<TimeSpan?, int> period)
    {
        var dimensions = metric.Dimensions ?? [];
        if (resources.Add($"{metric.Namespace}|{string.Join('|', dimensions.Select(d => $"{d.Name}={d.Value}"))}"))
        {
            wishes.AddRange(StandardMetrics.For(component, metric.Namespace, dimensions, period(null), account)
                .Where(w => known.Add(w.Key)));
        }
    }

    private string? Foreign(string? account) => account is null || account == settings.Account ? null : account;

    // Every metric with this very name among its dimensions, whoever publishes it.
    private static MetricWish Search(string component, int period)
        => new(component, component,
            [
                new MetricDataQuery
                {
                    Id = "s",
                    Expression = $"SEARCH('\"{component}\"', 'Average', {period})",
                    Label = "${PROP('Namespace')} ${PROP('MetricName')}",
                },
            ])
        {
            Statistic = "Average",
            Kind = MetricWishKind.Search,
        };

    private static bool IsSearchable(string component)
        => component.Length is > 0 and <= 255 && !component.AsSpan().ContainsAny('"', '\'', '\\');
}
