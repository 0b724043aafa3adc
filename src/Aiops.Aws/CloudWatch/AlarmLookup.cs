using System.Runtime.CompilerServices;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.CloudWatch;

namespace Aiops.Aws.CloudWatch;

/// <summary>Reads alarms page by page.</summary>
internal static class AlarmLookup
{
    private const int MostNames = 100; // In one call.

    public static async IAsyncEnumerable<MetricAlarm> NamedAsync(
        WireClient client,
        IEnumerable<string> names,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var some in names.Distinct().Chunk(MostNames))
        {
            var page = await client.AskAsync(
                new DescribeAlarmsRequest { AlarmNames = some, MaxRecords = MostNames }, cancellationToken);
            foreach (var alarm in page.MetricAlarms)
            {
                yield return alarm;
            }
        }
    }

    /// <summary>A page a turn, until there are no more.</summary>
    public static async IAsyncEnumerable<DescribeAlarmsResponse> PagesAsync(
        WireClient client,
        DescribeAlarmsRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (string? next = null; ;)
        {
            var page = await client.AskAsync(request with { NextToken = next, MaxRecords = MostNames }, cancellationToken);
            yield return page;
            if ((next = page.NextToken) is null)
            {
                yield break;
            }
        }
    }

    /// <summary>The series, of an alarm over many, that are in alarm now.</summary>
    public static async Task<IReadOnlyList<AlarmContributor>> ContributorsAsync(
        WireClient client, string alarm, CancellationToken cancellationToken)
    {
        List<AlarmContributor> found = [];
        for (string? next = null; ;)
        {
            var page = await client.AskAsync(
                new DescribeAlarmContributorsRequest { AlarmName = alarm, NextToken = next }, cancellationToken);
            found.AddRange(page.AlarmContributors);
            if ((next = page.NextToken) is null)
            {
                return found;
            }
        }
    }
}
