using System.Net;
using Aiops.Aws.S3;
using Aiops.Aws.Tests.Emulators;
using Aiops.Pipeline;
using Aiops.PortTests.Documents;
using Aiops.PortTests.Running;
using Amazon.S3;

namespace Aiops.Aws.Tests.S3;

[NeedsEmulators]
public sealed class S3DocumentStoreTests(QueueAndBucketServer server) : DocumentStoreTests, IClassFixture<QueueAndBucketServer>, IAsyncLifetime
{
    private string bucket = "";

    protected override IDocumentStore Store => new S3DocumentStore(server.NewS3Client(), bucket);

    public async Task InitializeAsync() => bucket = await server.NewBucketAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [PortFact]
    public async Task More_than_a_page_of_keys_is_listed_whole()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 1_005), async (i, token) => await Store.PutAsync($"many/{i:D4}", new byte[1], token));
        var keys = await Store.ListAsync("many/", default);
        keys.ShouldBe(Enumerable.Range(0, 1_005).Select(i => $"many/{i:D4}"));
    }

    [PortFact]
    public async Task A_bucket_that_is_not_there_is_no_missing_document()
    {
        var wrong = new S3DocumentStore(server.NewS3Client(), "another-bucket");
        (await Should.ThrowAsync<AmazonS3Exception>(() => wrong.GetAsync("a/b.json", default))).ErrorCode.ShouldBe("NoSuchBucket");
    }

    [PortTheory]
    [InlineData(HttpStatusCode.ServiceUnavailable, "SlowDown")]
    [InlineData(HttpStatusCode.InternalServerError, "InternalError")]
    public async Task Throttles_and_server_errors_are_what_the_workflow_retries(HttpStatusCode status, string code)
    {
        using Answering faults = new(status, $"<Error><Code>{code}</Code><Message>m</Message></Error>");
        var store = new S3DocumentStore(server.NewS3Client(faults), bucket);
        await Should.ThrowAsync<StoreUnavailableException>(() => store.PutAsync("a/b.json", new byte[1], default));
        await Should.ThrowAsync<StoreUnavailableException>(() => store.GetAsync("a/b.json", default));
        await Should.ThrowAsync<StoreUnavailableException>(() => store.ListAsync("", default));
    }

    [PortFact]
    public async Task What_we_may_not_do_is_no_passing_fault()
    {
        using Answering faults = new(HttpStatusCode.Forbidden, "<Error><Code>AccessDenied</Code><Message>m</Message></Error>");
        var store = new S3DocumentStore(server.NewS3Client(faults), bucket);
        await Should.ThrowAsync<AmazonS3Exception>(() => store.GetAsync("a/b.json", default));
    }
}
