using Aiops.Analysis;
using Aiops.Analysis.Telemetry;
using Aiops.Aws.Changes;
using Aiops.Aws.Tests.Emulators;
using Aiops.PortTests.Running;
using Amazon.DynamoDBv2.Model;

namespace Aiops.Aws.Tests.Changes;

[NeedsEmulators]
public sealed class DynamoChangeTableTests(DynamoServer server) : IClassFixture<DynamoServer>
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    [PortFact]
    public async Task A_change_comes_back_as_it_was_told()
    {
        var table = await NewTableAsync();
        var told = Record("e1", Midnight.AddTicks(1_234_567), "123456789012");
        (await table.AddAsync(told, default)).ShouldBeTrue();
        (await WithinAsync(table, Midnight, Midnight.AddHours(1))).ShouldBe([told]);
    }

    [PortFact]
    public async Task An_event_told_twice_is_recorded_once()
    {
        var table = await NewTableAsync();
        (await table.AddAsync(Record("e1", Midnight), default)).ShouldBeTrue();
        (await table.AddAsync(Record("e1", Midnight), default)).ShouldBeFalse();
        (await WithinAsync(table, Midnight, Midnight.AddHours(1))).Count.ShouldBe(1);
    }

    [PortFact]
    public async Task A_window_holds_its_start_and_not_its_end_over_midnight()
    {
        var table = await NewTableAsync();
        foreach (var (id, minutes) in new[] { ("before", -61), ("start", -60), ("night", 0), ("last", 59), ("end", 60) })
        {
            await table.AddAsync(Record(id, Midnight.AddMinutes(minutes)), default);
        }

        (await WithinAsync(table, Midnight.AddHours(-1), Midnight.AddHours(1))).Select(r => r.EventId)
            .ShouldBe(["start", "night", "last"]);
    }

    [PortFact]
    public async Task A_limit_keeps_the_newest_oldest_first()
    {
        var table = await NewTableAsync();
        for (var i = 0; i < 5; i++)
        {
            await table.AddAsync(Record($"e{i}", Midnight.AddHours(i - 3)), default);
        }

        (await WithinAsync(table, Midnight.AddDays(-1), Midnight.AddDays(1), most: 3)).Select(r => r.EventId)
            .ShouldBe(["e2", "e3", "e4"]);
    }

    [PortFact]
    public async Task Accounts_never_mix()
    {
        var table = await NewTableAsync();
        await table.AddAsync(Record("e1", Midnight, "999999999999"), default);
        (await WithinAsync(table, Midnight, Midnight.AddHours(1))).ShouldBeEmpty();
    }

    [PortFact]
    public async Task A_change_goes_by_itself_when_its_time_is_over()
    {
        var name = await server.NewTableAsync();
        using var client = server.NewClient();
        await new DynamoChangeTable(client, name, Kept).AddAsync(Record("e1", Midnight), default);
        var item = (await client.ScanAsync(new ScanRequest { TableName = name })).Items.ShouldHaveSingleItem();
        item["ExpiresAt"].N.ShouldBe($"{(Midnight + Kept).ToUnixTimeSeconds()}");
    }

    [PortFact]
    public async Task A_table_that_is_not_there_is_our_own_mistake()
    {
        DynamoChangeTable table = new(server.NewClient(), "no-such-table", Kept);
        await Should.ThrowAsync<ResourceNotFoundException>(() => WithinAsync(table, Midnight, Midnight.AddHours(1)));
        await Should.ThrowAsync<ResourceNotFoundException>(() => table.AddAsync(Record("e1", Midnight), default));
    }

    [PortFact]
    public async Task A_server_that_does_not_answer_may_answer_later()
    {
        DynamoChangeTable table = new(
            server.NewClient(() => new Meddling(_ => throw new HttpRequestException("refused"))), "any", Kept);
        await Should.ThrowAsync<Pipeline.StoreUnavailableException>(() => WithinAsync(table, Midnight, Midnight.AddHours(1)));
        await Should.ThrowAsync<Pipeline.StoreUnavailableException>(() => table.AddAsync(Record("e1", Midnight), default));
    }

    private static Task<IReadOnlyList<ChangeRecord>> WithinAsync(
        DynamoChangeTable table, DateTimeOffset start, DateTimeOffset end, int most = 100)
        => table.WithinAsync("123456789012", new TimeWindow(start, end), most, default);

    private async Task<DynamoChangeTable> NewTableAsync() => new(server.NewClient(), await server.NewTableAsync(), Kept);

    private static ChangeRecord Record(string id, DateTimeOffset at, string account = "123456789012")
        => new(id, account, new Change(at, "payments", ChangeKind.Deployment, "deployed", "alice", id));
}
