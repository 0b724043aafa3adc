using System.Text;
using Aiops.Aws;
using Aiops.Aws.SecretsManager;
using Aiops.Aws.SystemsManager;
using Aiops.Aws.Wire;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Tickets.Http;
using Aiops.Tickets.Settings;
using Microsoft.Extensions.Logging;

namespace Aiops.Functions.Comment;

/// <summary>
/// Where tickets and notices go by the settings in force: a parameter, asked for again after five minutes. Secrets that it
/// names as <c>secret:NAME</c> are Secrets Manager's.
/// </summary>
public sealed class CurrentTickets(
    AwsHostSettings settings, IParameters parameters, WireClient client, IBuiltInTickets own, ITicketLedger ledger, TimeProvider time, ILoggerFactory loggers)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, StoredWebhookSecret> secrets = [];
    private (string Text, ForeignTickets Foreign)? kept;
    private DateTimeOffset askAgainAt;

    public async Task<ITicketSystem> SystemAsync(CancellationToken cancellationToken) => (await ForeignAsync(cancellationToken)).Over(own, loggers);

    /// <exception cref="TicketSettingsException">The parameter says what can't be used.</exception>
    /// <exception cref="StoreUnavailableException">It can't be had now.</exception>
    public async Task<ForeignTickets> ForeignAsync(CancellationToken cancellationToken)
    {
        if (settings.TicketsParameter is not { } name)
        {
            return ForeignTickets.None;
        }

        var now = time.GetUtcNow();
        if (kept is { } known && now < askAgainAt)
        {
            return known.Foreign;
        }

        var text = await ReadAsync(name, cancellationToken);
        if (kept is null || kept.Value.Text != text) // Made anew only for other settings: clients keep their connections.
        {
            var where = $"the parameter {name}";
            var parts = new SystemParts(where, new SecretSources(Environment.GetEnvironmentVariable, SecretAsync, "/"), time);
            TicketSystemKind[] ofHost = [OpsCenterApi.Kind(client, settings.Region)];
            kept = (text, TicketSystems.Create(TicketSettingsReader.Read(Encoding.UTF8.GetBytes(text), where, ofHost), parts, ledger, loggers, ofHost));
        }

        askAgainAt = now + KeptFor;
        return kept.Value.Foreign;
    }

    private async Task<string> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await parameters.GetAsync([name], cancellationToken)).GetValueOrDefault(name)
                ?? throw new TicketSettingsException($"the parameter {name}", ["It doesn't exist."]);
        }
        catch (WireException e)
        {
            throw new StoreUnavailableException($"The parameter {name} can't be had ({e.Message}).", e);
        }
    }

    private async ValueTask<string> SecretAsync(string name, CancellationToken cancellationToken)
    {
        StoredWebhookSecret? secret;
        lock (secrets)
        {
            if (!secrets.TryGetValue(name, out secret))
            {
                secret = secrets[name] = new StoredWebhookSecret(client, name, time);
            }
        }

        return await secret.CurrentAsync(cancellationToken);
    }
}
