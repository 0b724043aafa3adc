using System.Text.Json;
using Aiops.PortTests.Intake;

namespace Aiops.Mcp.Tests;

/// <summary>Many incidents, and more that open while a client reads.</summary>
public sealed class PagingTests : IAsyncLifetime
{
    private readonly IntakeBench bench = new(new Analysis.Topology.ServiceGraph([], []));
    private readonly World world = new();

    public async Task InitializeAsync()
    {
        await world.InitializeAsync();
        await OpenAsync(0, 45);
    }

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Each_incident_is_told_once_newest_first_though_others_open_meanwhile()
    {
        var client = await world.ConnectAsync(ports: world.Ports with { Incidents = bench.Store });
        var first = await client.AskAsync("list_incidents", ("limit", 20));
        await OpenAsync(45, 50);
        var second = await client.AskAsync("list_incidents", ("limit", 20), ("cursor", first.At("nextCursor").GetString()!));
        var third = await client.AskAsync("list_incidents", ("limit", 20), ("cursor", second.At("nextCursor").GetString()!));
        third.TryGetProperty("nextCursor", out _).ShouldBeFalse();

        string[] told = [.. Ids(first), .. Ids(second), .. Ids(third)];
        told.Length.ShouldBe(45);
        told.Distinct().Count().ShouldBe(45);
        var opened = (await bench.Store.ListAsync(null, 100, default)).ToDictionary(incident => incident.Id, incident => incident.OpenedAt);
        told.Select(id => opened[id]).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task Resources_list_each_incident_once_over_their_pages()
    {
        await OpenAsync(45, 120);
        var client = await world.ConnectAsync(ports: world.Ports with { Incidents = bench.Store });
        var resources = await client.ListResourcesAsync();
        resources.Count.ShouldBe(120);
        resources.Select(resource => resource.Uri).Distinct().Count().ShouldBe(120);
    }

    private static IEnumerable<string> Ids(JsonElement answer) => answer.At("result", "incidents").EnumerateArray().Select(one => one.At("id").GetString()!);

    private async Task OpenAsync(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            await bench.TakeAsync(Alarms.Firing($"service{i}", i * 120, $"alarm{i * 7919 % 1000}"));
        }

        (await bench.IncidentsAsync()).Count.ShouldBe(to);
    }
}
