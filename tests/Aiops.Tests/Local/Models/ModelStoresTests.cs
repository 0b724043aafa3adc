using Aiops.Local.Models;
using Aiops.Local.Storage;
using Aiops.Pipeline.Reason.Models;
using Aiops.PortTests.Reason;

namespace Aiops.Tests.Local.Models;

public sealed class SqliteModelBudgetTests : ModelBudgetTests, IDisposable
{
    private readonly ModelDatabases databases = new();

    public override async Task DisposeAsync()
    {
        await databases.CloseAsync();
        await base.DisposeAsync();
    }

    public void Dispose() => databases.Dispose();

    protected override async Task<IModelBudget> OpenAsync() => new SqliteModelBudget(await databases.OpenAsync(SqliteModelBudget.Schema));

    [Fact]
    public async Task An_account_from_before_time_was_counted_has_taken_none_and_is_held_to_the_cap_from_now_on()
    {
        var database = await databases.OpenAsync(SqliteModelBudget.Schema);
        const string entry = """
            {"Charged":{"Calls":2,"Tokens":30,"MicroDollars":9},"Held":[{"Key":"a","Attempts":[{"Id":"","Worst":{"Calls":1,"Tokens":20,"MicroDollars":5}}]}]}
            """;
        await database.WriteAsync(
            session => session.Execute("INSERT INTO model_budget (account, last_day, entry) VALUES (?1, ?2, ?3)", "INC-1", (long)new DateOnly(2026, 3, 2).DayNumber, entry), default);
        await ModelBudgetUpgrade.HoldsAsync(new SqliteModelBudget(database));
    }

    [Fact]
    public async Task An_account_is_forgotten_ninety_days_after_its_last_reservation_and_not_before()
    {
        var budget = await OpenAsync();
        ModelSpend one = new(1, 1, 1);
        ModelCaps caps = new(new(9, 9, 9), new(9, 9, 9));
        DateOnly first = new(2026, 3, 2);
        await budget.ReserveAsync(new ModelReservation("a", "INC-1", first, one), caps, default);
        await budget.ReserveAsync(new ModelReservation("b", "INC-2", first.AddDays(90), one), caps, default);
        (await budget.SpentAsync("INC-1", default)).ShouldBe(one);
        await budget.ReserveAsync(new ModelReservation("c", "INC-3", first.AddDays(91), one), caps, default);
        (await budget.SpentAsync("INC-1", default)).ShouldBe(ModelSpend.Zero);
        (await budget.SpentAsync(ModelReservation.DayAccount(first), default)).ShouldBe(ModelSpend.Zero);
        (await budget.SpentAsync("INC-2", default)).ShouldBe(one);
    }
}

public sealed class SqliteModelOutagesTests : ModelOutagesTests, IDisposable
{
    private readonly ModelDatabases databases = new();

    public override async Task DisposeAsync()
    {
        await databases.CloseAsync();
        await base.DisposeAsync();
    }

    public void Dispose() => databases.Dispose();

    protected override async Task<IModelOutages> OpenAsync() => new SqliteModelOutages(await databases.OpenAsync(SqliteModelOutages.Schema));
}

public sealed class ModelBudgetInMemoryTests : ModelBudgetTests
{
    private readonly ModelBudgetInMemory budget = new();

    protected override Task<IModelBudget> OpenAsync() => Task.FromResult<IModelBudget>(budget);
}

public sealed class ModelOutagesInMemoryTests : ModelOutagesTests
{
    private readonly ModelOutagesInMemory outages = new();

    protected override Task<IModelOutages> OpenAsync() => Task.FromResult<IModelOutages>(outages);
}

/// <summary>One file, opened as often as asked.</summary>
internal sealed class ModelDatabases : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<SqliteDatabase> databases = [];

    public async Task<SqliteDatabase> OpenAsync(SqliteSchema schema)
    {
        var database = await SqliteDatabase.OpenAsync(folder.File("aiops.db"), new SqliteDatabaseOptions(), default);
        databases.Add(database);
        await database.EnsureSchemaAsync(schema, default);
        return database;
    }

    public async Task CloseAsync()
    {
        foreach (var database in databases)
        {
            await database.DisposeAsync();
        }
    }

    public void Dispose() => folder.Dispose();
}
