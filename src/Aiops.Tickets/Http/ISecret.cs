namespace Aiops.Tickets.Http;

/// <summary>A token or key, from the environment, a file or a secret store; read when it is needed, for secrets are renewed.</summary>
public interface ISecret
{
    /// <exception cref="TicketSystemRefusedException">It isn't there.</exception>
    ValueTask<string> ReadAsync(CancellationToken cancellationToken);
}
