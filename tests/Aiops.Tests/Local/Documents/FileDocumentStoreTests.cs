using Aiops.Local.Documents;
using Aiops.Pipeline;
using Aiops.PortTests.Documents;

namespace Aiops.Tests.Local.Documents;

public sealed class FileDocumentStoreTests : DocumentStoreTests, IDisposable
{
    private readonly TemporaryFolder folder = new();

    protected override IDocumentStore Store => new FileDocumentStore(folder.File("documents"));

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/.hidden")]
    public async Task A_key_that_is_none_leaves_no_file(string key)
    {
        await Should.ThrowAsync<ArgumentException>(() => Store.PutAsync(key, new byte[1], default));
        Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_crash_left_unfinished_is_no_document()
    {
        await Store.PutAsync("a/b.json", new byte[1], default);
        await File.WriteAllTextAsync(folder.File("documents/a/.unfinished-1-1"), "half");
        (await Store.ListAsync("", default)).ShouldBe(["a/b.json"]);
    }

    [Fact]
    public async Task A_write_that_fails_leaves_the_old_content_and_no_litter()
    {
        await Store.PutAsync("a/b.json", new byte[] { 1 }, default);
        using CancellationTokenSource cancelled = new();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Store.PutAsync("a/b.json", new byte[] { 2, 3 }, cancelled.Token));
        await Should.ThrowAsync<StoreUnavailableException>(() => Store.PutAsync("a", new byte[] { 2 }, default)); // A folder is in its place.
        (await Store.GetAsync("a/b.json", default)).ShouldBe([1]);
        Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }
}
