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
/// <remarks>
/// Settings that can't be used cost no incident its comment or its end: a person must mend them, so that is logged as an
/// error, and the tickets of our own go on alone.
/// </remarks>
public sealed partial class CurrentTickets(
    AwsHostSettings settings, IParameters parameters, WireClient client, IBuiltInTickets own, ITicketLedger ledger, TimeProvider time, ILoggerFactory loggers)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    private readonly ILogger<CurrentTickets> logger = loggers.CreateLogger<CurrentTickets>();
    private readonly Dictionary<string, StoredWebhookSecret> secrets = [];
    private (string Text, ForeignTickets Foreign)? kept;
    private DateTimeOffset askAgainAt;

    public async Task<ITicketSystem> SystemAsync(CancellationToken cancellationToken) => (await ForeignAsync(cancellationToken)).Over(own, loggers);

    /// <exception cref="StoreUnavailableException">The parameter can't be had now, and never could since this environment began.</exception>
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

        try
        {
            var text = await ReadAsync(name, cancellationToken);
            if (kept is null || kept.Value.Text != text) // Made anew only for other settings: clients keep their connections.
            {
                kept = (text, Made(text, name));
            }
        }
        catch (TicketSettingsException e)
        {
            LogUnusable(e, name);
            kept = ("", ForeignTickets.None); // No parameter is empty: the next look reads and says it again.
        }
        catch (StoreUnavailableException e) when (kept is not null)
        {
            LogNotRead(e, name);
        }

        askAgainAt = now + KeptFor;
        return kept!.Value.Foreign;
    }

    private ForeignTickets Made(string text, string name)
    {
        var where = $"the parameter {name}";
        var parts = new SystemParts(where, new SecretSources(Environment.GetEnvironmentVariable, SecretAsync, "/"), time);
        TicketSystemKind[] ofHost = [OpsCenterApi.Kind(client, settings.Region)];
        return TicketSystems.Create(TicketSettingsReader.Read(Encoding.UTF8.GetBytes(text), where, ofHost), parts, ledger, loggers, ofHost);
    }

    private async Task<string> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await parameters.GetAsync([name], cancellationToken)).GetValueOrDefault(name)
                ?? throw new TicketSettingsException($"the parameter {name}", ["It doesn't exist."]);
        }
        catch (WireException e) when (e.Failure is WireFailure.Throttled or WireFailure.Unavailable)
        {
            throw new StoreUnavailableException($"The parameter {name} can't be had ({e.Message}).", e);
        }
        catch (WireException e)
        {
            throw new TicketSettingsException($"the parameter {name}", [$"It can't be read: {e.Message}"]);
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

    [LoggerMessage(LogLevel.Error, "The ticket settings in {Parameter} can't be used: tickets stay in our own table")]
    private partial void LogUnusable(Exception exception, string parameter);

    [LoggerMessage(LogLevel.Warning, "The ticket settings in {Parameter} can't be read now: those of before hold")]
    private partial void LogNotRead(Exception exception, string parameter);
}
