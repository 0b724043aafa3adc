using Aiops.Analysis;
using Aiops.Analysis.Topology;
using Aiops.Aws.ApplicationSignals;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.XRay;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Aws.XRay;

/// <summary>Who calls whom: X-Ray's service graph, and what Application Signals knows of the components.</summary>
public sealed class XRayTopology(WireClient client, XRaySettings settings, TimeProvider time) : ITopologySource
{
    public async Task<SourceAnswer<ServiceGraph>> QueryAsync(TelemetryQuery query, CancellationToken cancellationToken)
    {
        using Patience patience = new(settings.TopologyPatience, time, cancellationToken);
        Dictionary<string, Component> components = new(StringComparer.Ordinal);
        List<Call> calls = [];
        List<string> gaps = [];
        List<SourceDeniedException> denials = [];
        await AskAsync("X-Ray", token => AddGraphAsync(query.Window, components, calls, token));
        if (settings.ApplicationSignals)
        {
            await AskAsync(
                "Application Signals", token => ServiceDependencies.AddAsync(client, query, components, calls, gaps, token));
        }

        if (denials.Count == (settings.ApplicationSignals ? 2 : 1))
        {
            throw denials[0];
        }

        var asked = $"GetServiceGraph{(settings.ApplicationSignals ? ", ListServiceDependencies, ListServiceDependents" : "")}";
        return new SourceAnswer<ServiceGraph>(
            new ServiceGraph(components.Values, calls), new Provenance("X-Ray", asked, query.Window), gaps);

        async Task AskAsync(string source, Func<CancellationToken, Task> work)
        {
            try
            {
                if (!await patience.TryAsync(work))
                {
                    gaps.Add($"{source} was asked for {settings.TopologyPatience.TotalSeconds:0} s and the rest left");
                }
            }
            catch (SourceDeniedException denied)
            {
                denials.Add(denied);
                gaps.Add(denied.Message);
            }
        }
    }

    private async Task AddGraphAsync(
        TimeWindow window, Dictionary<string, Component> components, List<Call> calls, CancellationToken token)
    {
        foreach (var part in XRayWindows.Of(window))
        {
            List<TracedService> services = [];
            for (string? next = null; ;)
            {
                var page = await client.AskAsync(
                    new GetServiceGraphRequest { StartTime = part.Start, EndTime = part.End, NextToken = next }, token);
                services.AddRange(page.Services);
                if ((next = page.NextToken) is null)
                {
                    break;
                }
            }

            Add(services, components, calls);
        }
    }

    // Numbers hold within one answer. A client is whoever calls from outside, no component of ours.
    private static void Add(List<TracedService> services, Dictionary<string, Component> components, List<Call> calls)
    {
        var names = services.Where(s => s is { Name: not null, ReferenceId: not null } && s.Type != "client")
            .DistinctBy(s => s.ReferenceId).ToDictionary(s => s.ReferenceId!.Value, s => XRayNames.Of(s.Name!, s.Type));
        foreach (var service in services.Where(s => s.ReferenceId is { } id && names.ContainsKey(id)))
        {
            var name = names[service.ReferenceId!.Value];
            var type = XRayNames.TypeOf(service.Type);
            components[name] = new Component(name, type ?? components.GetValueOrDefault(name)?.Type);
            foreach (var edge in service.Edges)
            {
                // Lambda shows twice under one name, as service and as function: no call of ours.
                if (edge.ReferenceId is { } callee && names.TryGetValue(callee, out var called) && called != name)
                {
                    calls.Add(new Call(name, called));
                }
            }
        }
    }
}
