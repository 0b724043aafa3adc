using System.Security.Cryptography;
using System.Text;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.Sqs;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake.Queue;

namespace Aiops.Aws.Sqs;

/// <summary>The trigger queue on SQS: a standard queue a lane, each with its own queue of dead letters. README.md has the rules.</summary>
/// <exception cref="StoreUnavailableException">Throttled or unreachable; thrown by each method.</exception>
public sealed class SqsTriggerQueue : ITriggerQueue
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(15);

    private readonly SqsTriggerQueueOptions options;
    private readonly SqsEnvelopes envelopes;
    private readonly SqsDeadLetters deadLetters;
    private readonly Dictionary<Lane, SqsLane> lanes;
    private int receives;

    /// <param name="large">Takes bodies that outgrow a message.</param>
    public SqsTriggerQueue(WireClient client, IDocumentStore large, SqsTriggerQueueOptions options)
    {
        this.options = options;
        envelopes = new SqsEnvelopes(large);
        lanes = new()
        {
            [Lane.Urgent] = new SqsLane(client, options.UrgentQueueUrl),
            [Lane.Routine] = new SqsLane(client, options.RoutineQueueUrl),
        };
        Dictionary<Lane, SqsLane> dead = new()
        {
            [Lane.Urgent] = new SqsLane(client, options.UrgentDeadLettersUrl),
            [Lane.Routine] = new SqsLane(client, options.RoutineDeadLettersUrl),
        };
        deadLetters = new SqsDeadLetters(lanes, dead, envelopes, options);
    }

    /// <inheritdoc/>
    /// <remarks>A delay of more than 15 minutes is one of 15: SQS knows no longer one.</remarks>
    public async Task<IReadOnlyList<string>> EnqueueAsync(IReadOnlyList<IncomingEvent> batch, CancellationToken cancellationToken)
    {
        var ids = new string[batch.Count];
        foreach (var lane in batch.Index().GroupBy(one => one.Item.Lane))
        {
            List<SendMessageBatchEntry> entries = [];
            foreach (var (_, incoming) in lane)
            {
                var (body, attributes) = await envelopes.SealAsync(
                    new SqsEnvelope { Body = incoming.Body, Format = incoming.Format, Service = incoming.Service }, cancellationToken);
                entries.Add(new SendMessageBatchEntry("", body)
                {
                    MessageAttributes = attributes.Count == 0 ? null : attributes,
                    MessageGroupId = GroupOf(incoming.Service),
                    DelaySeconds = incoming.Delay > TimeSpan.Zero
                        ? (int)Math.Ceiling(Math.Min(incoming.Delay.TotalSeconds, LongestDelay.TotalSeconds)) : null,
                });
            }

            foreach (var (index, id) in lane.Select(one => one.Index).Zip(await lanes[lane.Key].SendAsync(entries, cancellationToken)))
            {
                ids[index] = id;
            }
        }

        return ids;
    }

    /// <inheritdoc/>
    /// <remarks>Urgent first; one receive in <see cref="SqsTriggerQueueOptions.RoutineShare"/> looks into the routine lane first.</remarks>
    public async Task<IReadOnlyList<QueuedEvent>> ReceiveAsync(int max, TimeSpan visibilityTimeout, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        var routineFirst = Interlocked.Increment(ref receives) % options.RoutineShare == 0;
        List<QueuedEvent> received = [];
        foreach (var lane in routineFirst ? [Lane.Routine, Lane.Urgent] : (Lane[])[Lane.Urgent, Lane.Routine])
        {
            while (received.Count < max)
            {
                var messages = await lanes[lane].ReceiveAsync(max - received.Count, visibilityTimeout, 0, cancellationToken);
                foreach (var message in messages)
                {
                    var taken = await TakeAsync(lane, message, cancellationToken);
                    deadLetters.Remember(SqsReceipt.Parse(taken.ReceiptHandle), taken);
                    received.Add(taken);
                }

                if (messages.Count == 0)
                {
                    break;
                }
            }
        }

        return received;
    }

    /// <summary>
    /// A message that somebody else received (Lambda, for its function). Its bytes aren't kept here, so it is set aside by
    /// <see cref="SetAsideAsync"/>, not by its receipt.
    /// </summary>
    public async Task<QueuedEvent> TakeAsync(Lane lane, ReceivedMessage message, CancellationToken cancellationToken)
    {
        var envelope = await envelopes.OpenAsync(message, cancellationToken);
        return new QueuedEvent(
            envelope.MessageId ?? message.MessageId,
            new SqsReceipt(lane, message.ReceiptHandle).ToString(),
            envelope.Body,
            envelope.Format,
            lane,
            envelope.Service,
            envelope.EnqueuedAt ?? SqsLane.SentAt(message),
            SqsLane.Receives(message),
            envelope.Redrives,
            envelope.Redrives > 0 ? envelope.Reason : null);
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(IReadOnlyCollection<string> receiptHandles, CancellationToken cancellationToken)
    {
        foreach (var lane in receiptHandles.Select(SqsReceipt.Parse).GroupBy(receipt => receipt.Lane))
        {
            await lanes[lane.Key].DeleteAsync([.. lane.Select(receipt => receipt.Handle)], cancellationToken);
            foreach (var receipt in lane)
            {
                deadLetters.Forget(receipt);
            }
        }
    }

    /// <inheritdoc/>
    public Task<bool> ChangeVisibilityAsync(string receiptHandle, TimeSpan fromNow, CancellationToken cancellationToken)
    {
        var receipt = SqsReceipt.Parse(receiptHandle);
        return lanes[receipt.Lane].ChangeVisibilityAsync(receipt.Handle, fromNow, cancellationToken);
    }

    /// <summary>
    /// Puts a copy of the message among its lane's dead letters and leaves the message itself to whoever received it: Lambda
    /// deletes what its function doesn't report as failed. Doing it twice leaves two copies, and a redrive finds duplicates.
    /// </summary>
    public Task SetAsideAsync(QueuedEvent message, string reason, CancellationToken cancellationToken)
        => deadLetters.SendAsync(message, reason, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>
    /// The message must have come by <see cref="ReceiveAsync"/> of this very object, which keeps its bytes. It is put among
    /// the dead letters first and deleted then: whoever dies in between leaves it in both places.
    /// </remarks>
    public Task<bool> DeadLetterAsync(string receiptHandle, string reason, CancellationToken cancellationToken)
    {
        var receipt = SqsReceipt.Parse(receiptHandle);
        return deadLetters.AddAsync(receipt, reason, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Counts are SQS's approximations, true within a minute; it tells the age of the oldest only to CloudWatch. It counts no
    /// reasons: where there are dead letters, each is looked at (ten a request) and given back.
    /// </remarks>
    public async Task<QueueStatus> StatusAsync(CancellationToken cancellationToken)
    {
        var (urgent, routine) = (await LaneAsync(Lane.Urgent, cancellationToken), await LaneAsync(Lane.Routine, cancellationToken));
        var letters = await deadLetters.AreEmptyAsync(cancellationToken) ? [] : await deadLetters.ListAsync(DeadLetterFilter.All, cancellationToken);
        return new QueueStatus(urgent, routine, letters.CountBy(letter => letter.Reason).OrderByDescending(reason => reason.Value)
            .ThenBy(reason => reason.Key, StringComparer.Ordinal).ToDictionary(reason => reason.Key, reason => reason.Value));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
        => deadLetters.ListAsync(filter, cancellationToken);

    /// <inheritdoc/>
    public Task<int> RedriveAsync(DeadLetterFilter filter, CancellationToken cancellationToken) => deadLetters.RedriveAsync(filter, cancellationToken);

    /// <inheritdoc/>
    public Task<int> PurgeDeadLettersAsync(DeadLetterFilter filter, CancellationToken cancellationToken) => deadLetters.PurgeAsync(filter, cancellationToken);

    /// <summary>A standard queue takes turns between groups, so that one service's flood doesn't hold up another's single event.</summary>
    internal static string? GroupOf(string service)
        => service.Length == 0 ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(service)))[..32];

    private async Task<LaneStatus> LaneAsync(Lane lane, CancellationToken cancellationToken)
    {
        var (visible, inFlight, delayed) = await lanes[lane].CountsAsync(cancellationToken);
        return new LaneStatus(visible, inFlight, delayed, null);
    }
}

/// <summary>SQS's receipt, and the lane that it is of.</summary>
internal readonly record struct SqsReceipt(Lane Lane, string Handle)
{
    /// <exception cref="ArgumentException">Not a receipt handle of this queue.</exception>
    public static SqsReceipt Parse(string handle) => handle.Length > 2 && handle[1] == ':' && handle[0] is 'u' or 'r'
        ? new SqsReceipt(handle[0] == 'u' ? Lane.Urgent : Lane.Routine, handle[2..])
        : throw new ArgumentException($"'{handle}' is no receipt handle of this queue.", nameof(handle));

    public override string ToString() => $"{(Lane == Lane.Urgent ? 'u' : 'r')}:{Handle}";
}
