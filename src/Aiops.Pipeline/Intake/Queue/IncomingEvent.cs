namespace Aiops.Pipeline.Intake.Queue;

/// <summary>A raw event on its way into the queue: the bytes as their sender wrote them, not yet parsed.</summary>
public sealed record IncomingEvent
{
    /// <summary>The largest body taken, in bytes; one more is refused.</summary>
    public const int MaxBodyBytes = 1024 * 1024;

    /// <exception cref="EventTooLargeException">The body is above <see cref="MaxBodyBytes"/>.</exception>
    public IncomingEvent(byte[] body)
    {
        EventTooLargeException.ThrowIfAbove(MaxBodyBytes, body.Length);
        Body = body;
    }

    public byte[] Body { get; }

    /// <summary>What the door knows of the format (a content type, a header, the path it came in by); empty: nothing.</summary>
    public string Format { get; init; } = "";

    public Lane Lane { get; init; } = Lane.Routine;

    /// <summary>Whose turn this event takes: services are served in turn within a lane. May be empty.</summary>
    public string Service { get; init; } = "";

    /// <summary>How long it stays invisible at first.</summary>
    public TimeSpan Delay { get; init; }
}
