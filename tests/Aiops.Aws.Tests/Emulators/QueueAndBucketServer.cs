using System.Text;
using System.Text.Json.Nodes;
using Aiops.Aws.Sqs;
using Aiops.Aws.Wire;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake.Queue;
using Amazon.Runtime;
using Amazon.S3;

namespace Aiops.Aws.Tests.Emulators;

/// <summary>SQS and S3 as fauxqs speaks them, for the tests of one class; a bucket or queue for each that asks.</summary>
public sealed class QueueAndBucketServer() : Emulator("fauxqs")
{
    private const string Account = "000000000000";

    private static readonly HttpClient Http = new();
    private int buckets;
    private int queues;

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

    public WireClient NewWireClient(Uri? url = null) => new(new WireOptions
    {
        Region = "eu-west-1",
        ServiceUrl = url ?? new Uri(Url),
        Credentials = new BasicAWSCredentials("test", "test"),
        MaxAttempts = 2,
        CallTimeout = TimeSpan.FromSeconds(10),
        Jitter = () => 0.5,
    });

    /// <summary>Two empty lanes with their dead letters, as the stack deploys them.</summary>
    public async Task<(ITriggerQueue Queue, SqsTriggerQueueOptions Options)> NewTriggerQueueAsync(int maxReceives, IDocumentStore? large = null)
    {
        var options = Urls($"http://sqs.eu-west-1.localhost:{new Uri(Url).Port}", Interlocked.Increment(ref queues), maxReceives);
        foreach (var (queue, deadLetters) in new[] { (options.UrgentQueueUrl, options.UrgentDeadLettersUrl), (options.RoutineQueueUrl, options.RoutineDeadLettersUrl) })
        {
            await CreateAsync(deadLetters, []);
            var policy = new JsonObject { ["deadLetterTargetArn"] = $"arn:aws:sqs:eu-west-1:{Account}:{Name(deadLetters)}", ["maxReceiveCount"] = maxReceives };
            await CreateAsync(queue, new JsonObject { ["RedrivePolicy"] = policy.ToJsonString() });
        }

        return (new SqsTriggerQueue(NewWireClient(), large ?? new MemoryDocuments(), options), options);
    }

    // As the server names its queues; requests go to its address all the same.
    public static SqsTriggerQueueOptions Urls(string server, int number, int maxReceives) => new()
    {
        UrgentQueueUrl = $"{server}/{Account}/urgent-{number}",
        RoutineQueueUrl = $"{server}/{Account}/routine-{number}",
        UrgentDeadLettersUrl = $"{server}/{Account}/urgent-dead-{number}",
        RoutineDeadLettersUrl = $"{server}/{Account}/routine-dead-{number}",
        MaxReceives = maxReceives,
    };

    private async Task CreateAsync(string url, JsonObject attributes)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Url);
        request.Headers.Add("X-Amz-Target", "AmazonSQS.CreateQueue");
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/sqs/aws4_request, SignedHeaders=host, Signature=0");
        request.Content = new StringContent(
            new JsonObject { ["QueueName"] = Name(url), ["Attributes"] = attributes }.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.0");
        (await Http.SendAsync(request)).EnsureSuccessStatusCode();
    }

    private static string Name(string url) => url[(url.LastIndexOf('/') + 1)..];
}
