using Aiops.Analysis.Topology;
using Aiops.Local.Documents;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake;

namespace Aiops.Tests.Pipeline.Intake;

public sealed class StoredTopologyTests : IDisposable
{
    private static readonly ServiceGraph Graph = new([new Component("web"), new Component("db", "AWS::RDS::DBInstance")], [new Call("web", "db")]);

    private readonly TemporaryFolder folder = new();
    private readonly ManualTimeProvider clock = new();

    private FileDocumentStore Documents => new(folder.File("documents"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Nothing_stored_is_an_empty_graph()
        => (await new StoredTopology(Documents, clock).CurrentAsync(default)).Components.ShouldBeEmpty();

    [Fact]
    public async Task A_stored_graph_is_seen_once_the_kept_one_is_too_old()
    {
        var topology = new StoredTopology(Documents, clock);
        await topology.CurrentAsync(default);
        await StoredTopology.SaveAsync(Documents, Graph, default);
        clock.Advance(StoredTopology.KeptFor - TimeSpan.FromTicks(1));
        (await topology.CurrentAsync(default)).Components.ShouldBeEmpty();
        clock.Advance(TimeSpan.FromTicks(1));
        var seen = await topology.CurrentAsync(default);
        seen.Components.ShouldBe(Graph.Components);
        seen.Calls.ShouldBe(Graph.Calls);
        (await topology.CurrentAsync(default)).ShouldBeSameAs(seen);
    }

    [Fact]
    public async Task A_store_that_fails_leaves_the_graph_of_before()
    {
        var store = new FailingStore(Documents);
        await StoredTopology.SaveAsync(Documents, Graph, default);
        var topology = new StoredTopology(store, clock);
        var before = await topology.CurrentAsync(default);
        store.Fails = true;
        clock.Advance(StoredTopology.KeptFor);
        (await topology.CurrentAsync(default)).ShouldBeSameAs(before);
    }

    private sealed class FailingStore(IDocumentStore inner) : IDocumentStore
    {
        public bool Fails { get; set; }

        public Task PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => inner.PutAsync(key, content, cancellationToken);

        public Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
            => Fails ? throw new StoreUnavailableException("throttled", new IOException()) : inner.GetAsync(key, cancellationToken);

        public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);
    }
}
