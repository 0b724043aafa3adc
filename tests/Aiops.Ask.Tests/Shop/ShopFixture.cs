using System.Globalization;
using Aiops.Ask.Catalogue;
using Aiops.Ask.Data;
using Aiops.Ask.DuckDb;
using Aiops.Ask.Questions;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Ask.Tests.Shop;

/// <summary>The shop's data, opened once for all tests, with its orders attached from a file.</summary>
public sealed class ShopFixture : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"aiops-ask-{Environment.ProcessId}");
    private QuestionData? data;

    /// <summary>A file that no statement may read.</summary>
    public string SecretFile => Path.Combine(folder, "secret.csv");

    public QuestionData Data => data ?? throw new DuckDbMissingException();

    public async Task InitializeAsync()
    {
        if (!DuckDbLibrary.IsThere)
        {
            return; // Every test of this fixture is skipped by name.
        }

        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(SecretFile, "secret\nhunter2\n");
        data = await OpenAsync(new AskLimits { Time = TimeSpan.FromSeconds(30) });
    }

    public async Task<QuestionData> OpenAsync(AskLimits limits)
    {
        var orders = Path.Combine(folder, "orders.csv");
        await File.WriteAllLinesAsync(orders, ShopData.Instance.Orders.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Day:yyyy-MM-dd},{one.Orders}")).Prepend("day,orders"));
        return await QuestionData.OpenAsync(
            KnowledgeLibrary.Shipped, new DataOptions { Feeds = [new ShopFeed(ShopData.Instance)], Files = [new AttachedFile("orders", orders)], Limits = limits }, TimeProvider.System, default);
    }

    public QuestionDesk Desk(ScriptedClient? client = null, QuestionData? other = null)
        => new(KnowledgeLibrary.Shipped, other ?? Data, client is null ? null : new MeteredModel(new ModelAccess(client, ScriptedClient.Settings), new OpenBudget()), TimeProvider.System);

    public Task DisposeAsync()
    {
        data?.Dispose();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.CompletedTask;
    }
}

[CollectionDefinition("shop")]
public sealed class ShopDefinition : ICollectionFixture<ShopFixture>;
