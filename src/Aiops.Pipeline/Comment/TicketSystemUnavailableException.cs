namespace Aiops.Pipeline.Comment;

/// <summary>The ticket system can't answer now and may later. The workflow retries by this class name.</summary>
public sealed class TicketSystemUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
