using System.Runtime.CompilerServices;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.Logs;
using Aiops.Pipeline.Intake.Formats;

namespace Aiops.Aws.Logs;

/// <summary>A log group and whose lines it holds.</summary>
internal sealed record ComponentLogs(string Group, string Component, bool IsQueryOnly);

/// <summary>Finds the log groups to read.</summary>
internal static class LogGroups
{
    /// <summary>What one query may read.</summary>
    public const int Most = 50;

    private static readonly string[] Usual = ["/aws/lambda/", "/ecs/", "/aws/ecs/", "/aws/rds/instance/", "/aws/apigateway/"];

    /// <summary>Those of the components, or all that are configured where none bears a component's name.</summary>
    public static async Task<IReadOnlyList<ComponentLogs>> FindAsync(
        WireClient client,
        LogSettings settings,
        IReadOnlyList<string> components,
        List<string> gaps,
        CancellationToken cancellationToken)
    {
        List<LogGroup> groups = [];
        foreach (var pattern in settings.Groups.Count > 0 ? settings.Groups : Guesses(components))
        {
            var prefix = pattern.TrimEnd('*');
            await foreach (var group in WithPrefixAsync(client, prefix, cancellationToken))
            {
                if (pattern.EndsWith('*') || group.LogGroupName == prefix)
                {
                    groups.Add(group);
                }
            }
        }

        var found = groups.DistinctBy(g => g.LogGroupName).Select(g => Of(g, components)).ToList();
        var named = found.Where(g => components.Contains(g.Component)).ToList();
        var chosen = named.Count > 0 ? named : found;
        if (chosen.Count > Most)
        {
            gaps.Add($"read {Most} of {chosen.Count} log groups: one query takes no more");
        }

        var order = components.Index().ToDictionary(c => c.Item, c => c.Index);
        return [.. chosen.OrderBy(g => order.GetValueOrDefault(g.Component, int.MaxValue)).Take(Most)];
    }

    private static IEnumerable<string> Guesses(IReadOnlyList<string> components)
        => components.SelectMany(_ => Usual, (component, place) => place + component);

    private static ComponentLogs Of(LogGroup group, IReadOnlyList<string> components)
    {
        var name = group.LogGroupName!;
        var component = Components.FromLogGroup(name)
            ?? components.FirstOrDefault(c => name.Split('/', '.', ':').Contains(c, StringComparer.OrdinalIgnoreCase))
            ?? name.Split('/', StringSplitOptions.RemoveEmptyEntries).LastOrDefault(name);
        return new ComponentLogs(name, component, group.LogGroupClass == "INFREQUENT_ACCESS");
    }

    private static async IAsyncEnumerable<LogGroup> WithPrefixAsync(
        WireClient client,
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var read = 0;
        for (string? next = null; ;)
        {
            var page = await client.AskAsync(
                new DescribeLogGroupsRequest { LogGroupNamePrefix = prefix, Limit = 50, NextToken = next }, cancellationToken);
            foreach (var group in page.LogGroups)
            {
                yield return group;
            }

            if ((read += page.LogGroups.Count) >= 10 * Most || (next = page.NextToken) is null)
            {
                yield break;
            }
        }
    }
}
