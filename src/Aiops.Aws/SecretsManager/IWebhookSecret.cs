namespace Aiops.Aws.SecretsManager;

/// <summary>The key that webhooks are signed with.</summary>
public interface IWebhookSecret
{
    Task<string> CurrentAsync(CancellationToken cancellationToken);
}
