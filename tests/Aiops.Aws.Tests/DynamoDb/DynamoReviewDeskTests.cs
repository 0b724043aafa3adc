using Aiops.Aws.DynamoDb;
using Aiops.Aws.DynamoDb.Review;
using Aiops.Aws.Tests.Emulators;
using Aiops.Pipeline.Review;
using Aiops.PortTests.Review;

namespace Aiops.Aws.Tests.DynamoDb;

[NeedsEmulators]
public sealed class DynamoReviewDeskTests(DynamoServer server) : ReviewDeskTests, IClassFixture<DynamoServer>
{
    protected override async Task<IReviewDesk> NewDeskAsync()
        => new DynamoReviewDesk(server.Open(await server.NewTableAsync(), TimeProvider.System), new DynamoStoreOptions());
}
