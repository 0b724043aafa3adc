namespace Aiops.Tickets.Markdown;

/// <summary>Formats of systems whose adapters live elsewhere.</summary>
public static class TicketFormats
{
    public static ITicketFormat OpsCenter => PlainTextFormat.OpsCenter;
}
