using System.Text;
using Aiops.Pipeline;
using Aiops.PortTests.Running;

namespace Aiops.PortTests.Documents;

/// <summary>What any document store must hold to.</summary>
public abstract class DocumentStoreTests
{
    /// <summary>The same, empty store each time it is asked for within a test.</summary>
    protected abstract IDocumentStore Store { get; }

    [PortFact]
    public async Task A_document_is_read_back_replaced_and_listed_in_order()
    {
        await Store.PutAsync("incidents/INC-1/report.html", Encoding.UTF8.GetBytes("a long first version"), default);
        await Store.PutAsync("incidents/INC-1/report.html", Encoding.UTF8.GetBytes("second"), default);
        await Store.PutAsync("incidents/INC-1/a.json", ReadOnlyMemory<byte>.Empty, default);
        await Store.PutAsync("incidents/INC-10/a.json", new byte[1], default);

        Encoding.UTF8.GetString((await Store.GetAsync("incidents/INC-1/report.html", default))!).ShouldBe("second");
        (await Store.GetAsync("incidents/INC-1/a.json", default)).ShouldBeEmpty();
        (await Store.GetAsync("incidents/INC-2/a.json", default)).ShouldBeNull();
        (await Store.GetAsync("incidents/INC-1", default)).ShouldBeNull("a folder is no document");
        (await Store.ListAsync("incidents/INC-1/", default)).ShouldBe(["incidents/INC-1/a.json", "incidents/INC-1/report.html"]);
        (await Store.ListAsync("incidents/INC-1", default)).Count.ShouldBe(3);
        (await Store.ListAsync("", default)).Count.ShouldBe(3);
        (await Store.ListAsync("cases/", default)).ShouldBeEmpty();
    }

    [PortFact]
    public async Task Bytes_that_are_no_text_come_back_as_they_went()
    {
        var content = Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7)).ToArray();
        await Store.PutAsync("a/binary.bin", content, default);
        (await Store.GetAsync("a/binary.bin", default)).ShouldBe(content);
    }

    [PortTheory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("a/.hidden")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a\0b")]
    public async Task A_key_that_is_none_is_refused_and_nothing_is_written(string key)
    {
        await Should.ThrowAsync<ArgumentException>(() => Store.PutAsync(key, new byte[1], default));
        await Should.ThrowAsync<ArgumentException>(() => Store.GetAsync(key, default));
        (await Store.ListAsync("", default)).ShouldBeEmpty();
    }

    [PortTheory]
    [InlineData("../")]
    [InlineData("/etc/")]
    [InlineData("a/../../")]
    public async Task Listing_stays_inside(string prefix) => (await Store.ListAsync(prefix, default)).ShouldBeEmpty();

    [PortFact]
    public async Task Keys_are_taken_up_to_their_length_and_no_further()
    {
        var part = new string('k', DocumentKeyRules.MaxPartLength);
        var longest = $"{part}/{part}/{new string('k', DocumentKeyRules.MaxLength - (2 * part.Length) - 2)}";
        await Store.PutAsync(longest, new byte[1], default);
        (await Store.GetAsync(longest, default)).ShouldNotBeNull();
        await Should.ThrowAsync<ArgumentException>(() => Store.PutAsync(longest + "k", new byte[1], default));
        await Should.ThrowAsync<ArgumentException>(() => Store.PutAsync(part + "k", new byte[1], default));
    }

    [PortFact]
    public async Task Writers_of_one_document_leave_one_of_their_versions_whole()
    {
        var store = Store;
        await Task.WhenAll(Enumerable.Range(1, 16).Select(i => Task.Run(
            () => store.PutAsync("shared.bin", Enumerable.Repeat((byte)i, 10_000 * i).ToArray(), default))));
        var content = (await store.GetAsync("shared.bin", default))!;
        content.Length.ShouldBe(10_000 * content[0]);
        content.ShouldAllBe(b => b == content[0]);
    }
}
