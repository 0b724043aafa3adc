namespace Aiops.Tickets;

/// <summary>A system turned us away for a reason that a retry won't mend: credentials, rights, settings. Not retried by the workflow.</summary>
/// <param name="remedy">What a person can do about it.</param>
public sealed class TicketSystemRefusedException(string message, string remedy, Exception? inner = null) : Exception($"{message} {remedy}", inner)
{
    public string Remedy { get; } = remedy;
}
