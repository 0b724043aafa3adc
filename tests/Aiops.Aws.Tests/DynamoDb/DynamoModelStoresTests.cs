using System.Text.Json;
using System.Text.Json.Serialization;
using Aiops.Aws.DynamoDb;
using Aiops.Aws.DynamoDb.Models;
using Aiops.Aws.Tests.Emulators;
using Aiops.Pipeline.Reason.Models;
using Aiops.PortTests.Reason;
using Aiops.PortTests.Running;

namespace Aiops.Aws.Tests.DynamoDb;

[NeedsEmulators]
public sealed class DynamoModelBudgetTests(DynamoServer server) : ModelBudgetTests, IClassFixture<DynamoServer>
{
    private readonly ManualTimeProvider clock = new();
    private Task<string>? table;

    protected override async Task<IModelBudget> OpenAsync()
        => new DynamoModelBudget(server.Open(await (table ??= server.NewTableAsync()), clock), new DynamoStoreOptions());

    [PortFact]
    public async Task An_account_from_before_time_was_counted_has_taken_none_and_is_held_to_the_cap_from_now_on()
    {
        var opened = server.Open(await server.NewTableAsync(), clock);
        const string entry = """
            {"Charged":{"Calls":2,"Tokens":30,"MicroDollars":9},"Held":[{"Key":"a","Attempts":[{"Id":"0a","Worst":{"Calls":1,"Tokens":20,"MicroDollars":5}}]}]}
            """;
        var item = TableKeys.ModelBudget("INC-1").ToItem();
        item["Revision"] = Attributes.Number(3);
        item["Account"] = Packed.Attribute(JsonDocument.Parse(entry).RootElement, OldJson.Default.JsonElement);
        item[TableKeys.ExpiresAt] = Attributes.Seconds(clock.GetUtcNow() + TimeSpan.FromDays(1));
        (await opened.PutAsync(item, Condition.Absent, default)).ShouldBeTrue();
        await ModelBudgetUpgrade.HoldsAsync(new DynamoModelBudget(opened, new DynamoStoreOptions()));
    }

    [PortFact]
    public async Task An_account_past_its_lifetime_counts_from_nothing_though_it_was_not_deleted_yet()
    {
        var budget = await OpenAsync();
        ModelSpend one = new(1, 1, 1);
        ModelReservation reservation = new("a", "INC-1", new DateOnly(2026, 3, 2), one);
        await budget.ReserveAsync(reservation, new ModelCaps(one, one), default);
        clock.Advance(new DynamoStoreOptions().RecordsKept);
        (await budget.SpentAsync("INC-1", default)).ShouldBe(one);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await budget.SpentAsync("INC-1", default)).ShouldBe(ModelSpend.Zero);
        (await budget.ReserveAsync(reservation with { Key = "b" }, new ModelCaps(one, one), default)).Granted.ShouldBeTrue();
        (await budget.SpentAsync("INC-1", default)).ShouldBe(one);
    }
}

[JsonSerializable(typeof(JsonElement))]
internal sealed partial class OldJson : JsonSerializerContext;

[NeedsEmulators]
public sealed class DynamoModelOutagesTests(DynamoServer server) : ModelOutagesTests, IClassFixture<DynamoServer>
{
    private Task<string>? table;

    protected override async Task<IModelOutages> OpenAsync()
        => new DynamoModelOutages(server.Open(await (table ??= server.NewTableAsync()), new ManualTimeProvider()), new DynamoStoreOptions());
}
