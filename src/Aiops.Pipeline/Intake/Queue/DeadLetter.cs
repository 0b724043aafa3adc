namespace Aiops.Pipeline.Intake.Queue;

/// <summary>An event set aside with its bytes and the reason, until someone redrives or purges it.</summary>
/// <param name="Redrives">How often it had been brought back before it died again.</param>
public sealed record DeadLetter(
    string MessageId,
    byte[] Body,
    string Format,
    Lane Lane,
    string Service,
    DateTimeOffset EnqueuedAt,
    DateTimeOffset DeadSince,
    string Reason,
    int ReceiveCount,
    int Redrives);

/// <summary>Which dead letters are meant, oldest message first; what is left null doesn't narrow.</summary>
public sealed record DeadLetterFilter
{
    public static DeadLetterFilter All { get; } = new();

    public string? MessageId { get; init; }

    /// <summary>A part of the reason, compared without regard to ASCII case.</summary>
    public string? ReasonContains { get; init; }

    public string? Service { get; init; }

    public Lane? Lane { get; init; }

    public int Max { get; init; } = int.MaxValue;
}
