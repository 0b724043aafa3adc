using System.Globalization;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.Sqs;
using Aiops.Pipeline;

namespace Aiops.Aws.Sqs;

/// <summary>One SQS queue and what every use of it has in common.</summary>
/// <exception cref="StoreUnavailableException">Throttled or unreachable; thrown by each method.</exception>
internal sealed class SqsLane(WireClient client, string url)
{
    /// <summary>Messages in one request.</summary>
    public const int Most = 10;

    private const int MostRounds = 5;

    private static readonly string[] SystemAttributes = ["ApproximateReceiveCount", "SentTimestamp"];
    private static readonly string[] OurAttributes = ["aiops.*"];

    private readonly Backoff backoff = new("SQS", client.Options.Time, client.Options.Jitter);

    public string Url => url;

    /// <summary>Sends all, in batches within SQS's bounds. Where it throws, some may have been taken.</summary>
    /// <returns>SQS's ids, in the order of the entries.</returns>
    public async Task<string[]> SendAsync(IReadOnlyList<SendMessageBatchEntry> entries, CancellationToken cancellationToken)
    {
        var ids = new string[entries.Count];
        List<int> batch = [];
        var bytes = 0;
        for (var i = 0; i < entries.Count; i++)
        {
            var weight = SqsEnvelopes.Weight(entries[i].MessageBody, entries[i].MessageAttributes ?? new Dictionary<string, MessageAttribute>());
            if (batch.Count == Most || bytes + weight > SqsEnvelopes.MostBytes)
            {
                await FlushAsync();
            }

            batch.Add(i);
            bytes += weight;
        }

        await FlushAsync();
        return ids;

        async Task FlushAsync()
        {
            foreach (var (index, id) in await SendBatchAsync([.. batch.Select(i => (i, entries[i]))], cancellationToken))
            {
                ids[index] = id;
            }

            (bytes, batch) = (0, []);
        }
    }

    public async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int max, TimeSpan visibility, int waitSeconds, CancellationToken cancellationToken)
        => (await AskAsync(new ReceiveMessageRequest
        {
            QueueUrl = url,
            MaxNumberOfMessages = Math.Min(max, Most),
            VisibilityTimeout = Seconds(visibility),
            WaitTimeSeconds = waitSeconds,
            MessageSystemAttributeNames = SystemAttributes,
            MessageAttributeNames = OurAttributes,
        }, cancellationToken)).Messages;

    /// <summary>Receipts of messages that are gone are passed over.</summary>
    public async Task DeleteAsync(IReadOnlyCollection<string> receipts, CancellationToken cancellationToken)
    {
        foreach (var chunk in receipts.Distinct(StringComparer.Ordinal).Chunk(Most))
        {
            var left = chunk.Select((receipt, i) => new DeleteMessageBatchEntry($"{i}", receipt)).ToList();
            for (var round = 0; left.Count > 0; round++)
            {
                await backoff.BeforeAsync(round, MostRounds, cancellationToken);
                var response = await AskAsync(new DeleteMessageBatchRequest { QueueUrl = url, Entries = left }, cancellationToken);
                left = [.. response.Failed.Where(failure => !failure.SenderFault).Select(failure => left.Single(entry => entry.Id == failure.Id))];
            }
        }
    }

    /// <summary>Shows received messages to others at once; those whose lease is lost are passed over.</summary>
    public async Task ShowAsync(IEnumerable<string> receipts, CancellationToken cancellationToken)
    {
        foreach (var chunk in receipts.Chunk(Most))
        {
            var left = chunk.Select((receipt, i) => new ChangeMessageVisibilityBatchEntry($"{i}", receipt) { VisibilityTimeout = 0 }).ToList();
            for (var round = 0; left.Count > 0; round++)
            {
                await backoff.BeforeAsync(round, MostRounds, cancellationToken);
                var response = await AskAsync(new ChangeMessageVisibilityBatchRequest { QueueUrl = url, Entries = left }, cancellationToken);
                left = [.. response.Failed.Where(failure => !failure.SenderFault).Select(failure => left.Single(entry => entry.Id == failure.Id))];
            }
        }
    }

    /// <returns>False where the lease is lost.</returns>
    public async Task<bool> ChangeVisibilityAsync(string receipt, TimeSpan fromNow, CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(
                new ChangeMessageVisibilityRequest { QueueUrl = url, ReceiptHandle = receipt, VisibilityTimeout = Seconds(fromNow) }, cancellationToken);
            return true;
        }
        catch (WireException e) when (e.Code.Contains("MessageNotInflight", StringComparison.Ordinal) || IsOldReceipt(e))
        {
            return false;
        }
    }

    /// <summary>SQS's approximations.</summary>
    public async Task<(int Visible, int InFlight, int Delayed)> CountsAsync(CancellationToken cancellationToken)
    {
        var attributes = (await AskAsync(new GetQueueAttributesRequest { QueueUrl = url, AttributeNames = ["All"] }, cancellationToken)).Attributes
            ?? new Dictionary<string, string>();
        return (Count("ApproximateNumberOfMessages"), Count("ApproximateNumberOfMessagesNotVisible"), Count("ApproximateNumberOfMessagesDelayed"));

        int Count(string name) => attributes.TryGetValue(name, out var count) ? int.Parse(count, CultureInfo.InvariantCulture) : 0;
    }

    public static DateTimeOffset SentAt(ReceivedMessage message)
        => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(message.Attributes!["SentTimestamp"], CultureInfo.InvariantCulture));

    public static int Receives(ReceivedMessage message) => int.Parse(message.Attributes!["ApproximateReceiveCount"], CultureInfo.InvariantCulture);

    // "The receipt handle has expired", or was of a message that is gone.
    private static bool IsOldReceipt(WireException e)
        => e.Code.Contains("ReceiptHandleIsInvalid", StringComparison.Ordinal)
        || (e.Failure == WireFailure.Invalid && (e.Message.Contains("receipt handle", StringComparison.OrdinalIgnoreCase)
            || e.Message.Contains("not available for visibility timeout change", StringComparison.OrdinalIgnoreCase)));

    private async Task<List<(int Index, string Id)>> SendBatchAsync(List<(int Index, SendMessageBatchEntry Entry)> batch, CancellationToken cancellationToken)
    {
        List<(int, string)> sent = [];
        var left = batch;
        for (var round = 0; left.Count > 0; round++)
        {
            await backoff.BeforeAsync(round, MostRounds, cancellationToken);
            var response = await AskAsync(
                new SendMessageBatchRequest { QueueUrl = url, Entries = [.. left.Select(one => one.Entry with { Id = $"{one.Index}" })] }, cancellationToken);
            foreach (var failure in response.Failed.Where(failure => failure.SenderFault))
            {
                throw new InvalidOperationException($"SQS refuses a message for {url}: {failure.Code}: {failure.Message}");
            }

            sent.AddRange(response.Successful.Select(success => (int.Parse(success.Id, CultureInfo.InvariantCulture), success.MessageId)));
            left = [.. left.Where(one => response.Failed.Any(failure => failure.Id == $"{one.Index}"))];
        }

        return sent;
    }

    private async Task<TResponse> AskAsync<TResponse>(IWireRequest<TResponse> request, CancellationToken cancellationToken)
        where TResponse : class
    {
        try
        {
            return await client.SendAsync(request, cancellationToken);
        }
        catch (WireException e) when (e.Failure is WireFailure.Throttled or WireFailure.Unavailable)
        {
            throw new StoreUnavailableException($"SQS can't answer now ({e.Message}).", e);
        }
    }

    // SQS counts in whole seconds, of visibility up to twelve hours.
    private static int Seconds(TimeSpan span) => (int)Math.Min(Math.Ceiling(span.TotalSeconds), 43_200);
}
