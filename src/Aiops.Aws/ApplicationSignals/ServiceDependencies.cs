using System.Runtime.CompilerServices;
using Aiops.Analysis;
using Aiops.Analysis.Topology;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.ApplicationSignals;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Aws.ApplicationSignals;

/// <summary>What an incident's components call and what calls them, as Application Signals saw it in the last day.</summary>
internal static class ServiceDependencies
{
    private const int MostServices = 20; // Asked about one by one, both ways.
    private const int MostPages = 10;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public static async Task AddAsync(
        WireClient client,
        TelemetryQuery query,
        Dictionary<string, Component> components,
        List<Call> calls,
        List<string> gaps,
        CancellationToken token)
    {
        var window = query.Window.Length > Longest ? new TimeWindow(query.Window.End - Longest, query.Window.End) : query.Window;
        var services = (await ServicesAsync(client, window, token))
            .Where(s => query.Components.Count == 0 || query.Components.Contains(NameOf(s))).ToList();
        if (services.Count > MostServices)
        {
            gaps.Add($"Application Signals was asked about {MostServices} of {services.Count} services");
        }

        foreach (var key in services.Take(MostServices))
        {
            var own = Add(components, key);
            await foreach (var callee in CalleesAsync(client, window, key, token))
            {
                Connect(own, Add(components, callee));
            }

            await foreach (var caller in CallersAsync(client, window, key, token))
            {
                Connect(Add(components, caller), own);
            }
        }

        void Connect(string caller, string callee)
        {
            if (caller.Length > 0 && callee.Length > 0 && caller != callee)
            {
                calls.Add(new Call(caller, callee));
            }
        }
    }

    /// <summary>A service by its name, a resource by its identifier: a table's or a queue's name.</summary>
    public static string NameOf(IReadOnlyDictionary<string, string> key)
        => key.GetValueOrDefault("Name") ?? key.GetValueOrDefault("Identifier") ?? "";

    private static string Add(Dictionary<string, Component> components, IReadOnlyDictionary<string, string> key)
    {
        var name = NameOf(key);
        if (name.Length > 0)
        {
            var type = key.GetValueOrDefault("ResourceType");
            components[name] = new Component(name, components.GetValueOrDefault(name)?.Type ?? type);
        }

        return name;
    }

    private static async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> ServicesAsync(
        WireClient client, TimeWindow window, CancellationToken token)
    {
        List<IReadOnlyDictionary<string, string>> services = [];
        string? next = null;
        for (var page = 0; page < MostPages && (page == 0 || next is not null); page++)
        {
            var answer = await client.AskAsync(
                new ListServicesRequest { StartTime = window.Start, EndTime = window.End, MaxResults = 100, NextToken = next },
                token);
            services.AddRange(answer.ServiceSummaries.Select(s => s.KeyAttributes));
            next = answer.NextToken;
        }

        return services;
    }

    private static async IAsyncEnumerable<IReadOnlyDictionary<string, string>> CalleesAsync(
        WireClient client,
        TimeWindow window,
        IReadOnlyDictionary<string, string> key,
        [EnumeratorCancellation] CancellationToken token)
    {
        string? next = null;
        for (var page = 0; page < MostPages && (page == 0 || next is not null); page++)
        {
            var answer = await client.AskAsync(
                new ListServiceDependenciesRequest
                {
                    StartTime = window.Start,
                    EndTime = window.End,
                    KeyAttributes = key,
                    MaxResults = 100,
                    NextToken = next,
                },
                token);
            foreach (var dependency in answer.ServiceDependencies)
            {
                yield return dependency.DependencyKeyAttributes;
            }

            next = answer.NextToken;
        }
    }

    private static async IAsyncEnumerable<IReadOnlyDictionary<string, string>> CallersAsync(
        WireClient client,
        TimeWindow window,
        IReadOnlyDictionary<string, string> key,
        [EnumeratorCancellation] CancellationToken token)
    {
        string? next = null;
        for (var page = 0; page < MostPages && (page == 0 || next is not null); page++)
        {
            var answer = await client.AskAsync(
                new ListServiceDependentsRequest
                {
                    StartTime = window.Start,
                    EndTime = window.End,
                    KeyAttributes = key,
                    MaxResults = 100,
                    NextToken = next,
                },
                token);
            foreach (var dependent in answer.ServiceDependents)
            {
                yield return dependent.DependentKeyAttributes;
            }

            next = answer.NextToken;
        }
    }
}
