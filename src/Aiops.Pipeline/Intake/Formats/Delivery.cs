namespace Aiops.Pipeline.Intake.Formats;

/// <summary>
/// What the envelopes around an event say of it, the innermost first: used only where the event itself is silent.
/// </summary>
internal sealed record Delivery
{
    /// <summary>The id of the message that carried it; null when no envelope had one.</summary>
    public string? MessageId { get; init; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset? Time { get; init; }

    public string? Account { get; init; }

    public string? Region { get; init; }

    /// <summary>The same with what a further envelope inside of it says.</summary>
    public Delivery With(string? messageId, DateTimeOffset? time, string? account = null, string? region = null) => new()
    {
        MessageId = messageId ?? MessageId,
        Time = time ?? Time,
        Account = account ?? Account,
        Region = region ?? Region,
    };
}
