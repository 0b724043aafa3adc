using Amazon.Runtime;
using Amazon.S3;

namespace Aiops.Aws.Tests.Emulators;

/// <summary>SQS and S3 as fauxqs speaks them, for the tests of one class; a bucket or queue for each that asks.</summary>
public sealed class QueueAndBucketServer() : Emulator("fauxqs")
{
    private int buckets;

    public AmazonS3Client NewS3Client(HttpMessageHandler? faults = null)
    {
        AmazonS3Config config = new() { ServiceURL = Url, AuthenticationRegion = "eu-west-1", ForcePathStyle = true, MaxErrorRetry = 1 };
        if (faults is not null)
        {
            config.HttpClientFactory = new HandlerFactory(() => faults);
        }

        return new AmazonS3Client(new BasicAWSCredentials("test", "test"), config);
    }

    /// <summary>An empty bucket.</summary>
    public async Task<string> NewBucketAsync()
    {
        var name = $"aiops-{Interlocked.Increment(ref buckets)}";
        using var client = NewS3Client();
        await client.PutBucketAsync(name);
        return name;
    }
}
