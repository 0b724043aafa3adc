using Aiops.Aws.Wire;
using Aiops.Aws.Wire.SecretsManager;
using Aiops.Pipeline;

namespace Aiops.Aws.SecretsManager;

/// <summary>The webhooks' key from Secrets Manager, asked for again after five minutes: a rotated one holds soon enough.</summary>
/// <param name="secretId">Name or ARN.</param>
public sealed class StoredWebhookSecret(WireClient client, string secretId, TimeProvider time) : IWebhookSecret
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    private string? kept;
    private DateTimeOffset askAgainAt;

    /// <exception cref="StoreUnavailableException">It can't be had now, and none was kept.</exception>
    public async Task<string> CurrentAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (kept is not null && now < askAgainAt)
        {
            return kept;
        }

        try
        {
            var answer = await client.SendAsync(new GetSecretValueRequest { SecretId = secretId }, cancellationToken);
            kept = answer.SecretString ?? throw new StoreUnavailableException($"The secret {secretId} holds no text.");
        }
        catch (WireException e) when (kept is null)
        {
            throw new StoreUnavailableException($"The secret {secretId} can't be had ({e.Message}).", e);
        }
        catch (WireException)
        {
            // The one of before holds until Secrets Manager answers again.
        }

        askAgainAt = now + KeptFor;
        return kept!;
    }
}
