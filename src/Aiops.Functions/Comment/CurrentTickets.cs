using System.Text;
using Aiops.Aws;
using Aiops.Aws.SecretsManager;
using Aiops.Aws.SystemsManager;
using Aiops.Aws.Wire;
using Aiops.Functions.Running;
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
    private readonly ILogger<CurrentTickets> logger = loggers.CreateLogger<CurrentTickets>();
    private readonly Dictionary<string, StoredWebhookSecret> secrets = [];
    private readonly ParameterInForce<ForeignTickets>? inForce
        = settings.TicketsParameter is { } name ? new ParameterInForce<ForeignTickets>(parameters, name, time) : null;

    public async Task<ITicketSystem> SystemAsync(CancellationToken cancellationToken) => (await ForeignAsync(cancellationToken)).Over(own, loggers);

    /// <exception cref="StoreUnavailableException">The parameter can't be had now, and never could since this environment began.</exception>
    public async Task<ForeignTickets> ForeignAsync(CancellationToken cancellationToken)
    {
        if (inForce is null)
        {
            return ForeignTickets.None;
        }

        var name = settings.TicketsParameter!;
        return await inForce.CurrentAsync(text => Made(text, name), Unusable, e => LogNotRead(e, name), cancellationToken);

        ForeignTickets Unusable(Exception e)
        {
            LogUnusable(e, name);
            return ForeignTickets.None;
        }
    }

    private ForeignTickets Made(string text, string name)
    {
        var where = $"the parameter {name}";
        var parts = new SystemParts(where, new SecretSources(Environment.GetEnvironmentVariable, SecretAsync, "/"), time);
        TicketSystemKind[] ofHost = [OpsCenterApi.Kind(client, settings.Region)];
        return TicketSystems.Create(TicketSettingsReader.Read(Encoding.UTF8.GetBytes(text), where, ofHost), parts, ledger, loggers, ofHost);
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
