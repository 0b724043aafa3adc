namespace Aiops.Analysis.Topology;

/// <summary>Tells components that only hold what others send and fetch: queues, streams, topics.</summary>
/// <remarks>
/// What they show, backlog and age, is the doing of producers and consumers. Both appear in a topology as callers, for both
/// send requests to it.
/// </remarks>
public static class Buffering
{
    private static readonly string[] Words = ["queue", "sqs", "sns", "topic", "stream", "kinesis", "kafka", "rabbitmq", "pubsub", "eventhub"];

    /// <param name="type">The component's kind of resource (<c>AWS::SQS::Queue</c>, <c>kafka</c>); null when unknown.</param>
    public static bool Is(string? type) => type is not null && Array.Exists(Words, word => type.Contains(word, StringComparison.OrdinalIgnoreCase));
}
