namespace Aiops.Aws.Sqs;

/// <summary>The four queues, by URL, as the stack names them.</summary>
public sealed record SqsTriggerQueueOptions
{
    public required string UrgentQueueUrl { get; init; }

    public required string RoutineQueueUrl { get; init; }

    public required string UrgentDeadLettersUrl { get; init; }

    public required string RoutineDeadLettersUrl { get; init; }

    /// <summary>The redrive policy's <c>maxReceiveCount</c>: what a letter that SQS itself set aside is said to have died of.</summary>
    public int MaxReceives { get; init; } = 5;

    /// <summary>Of this many receives, one looks into the routine lane first.</summary>
    public int RoutineShare { get; init; } = 4;

    /// <summary>How long dead letters are hidden from others who look, while they are listed, redriven or purged.</summary>
    public TimeSpan DeadLettersHeld { get; init; } = TimeSpan.FromMinutes(2);
}
