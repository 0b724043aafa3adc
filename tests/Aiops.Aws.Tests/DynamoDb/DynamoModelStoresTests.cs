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

[NeedsEmulators]
public sealed class DynamoModelOutagesTests(DynamoServer server) : ModelOutagesTests, IClassFixture<DynamoServer>
{
    private Task<string>? table;

    protected override async Task<IModelOutages> OpenAsync()
        => new DynamoModelOutages(server.Open(await (table ??= server.NewTableAsync()), new ManualTimeProvider()), new DynamoStoreOptions());
}
