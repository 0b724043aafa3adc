namespace Aiops.Tickets;

/// <summary>What was asked about isn't there: a person deleted the ticket or the comment, or never let us see it.</summary>
/// <remarks><see cref="RemoteTicketSystem"/> makes it anew, or finds that it may not; it never reaches the workflow.</remarks>
public sealed class TicketGoneException(string message) : Exception(message);
