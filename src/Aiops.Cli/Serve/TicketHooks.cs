using System.Text.Json;
using Aiops.Pipeline.Review.Tickets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Aiops.Cli.Serve;

/// <summary>
/// A ticket system's webhooks, at <c>/tickets/SYSTEM</c>: verified, they bring about a look into the ticket that they name. What
/// was said, and by whom, is read from the system itself.
/// </summary>
/// <param name="system">The connected system's name; its address is this in small letters.</param>
/// <param name="secret">Null where the settings have none: nothing is taken then.</param>
internal sealed partial class TicketHooks(
    string system, Func<CancellationToken, ValueTask<string>>? secret, TicketReviews reviews, ReplyPoll replies, TimeProvider time, ILogger<TicketHooks> logger)
{
    private const string Root = "/tickets/";

    // Where GitHub, Jira and our own shape for ServiceNow name the ticket.
    private static readonly string[][] Places = [["issue", "number"], ["issue", "id"], ["issue", "key"], ["sys_id"], ["ticket"]];

    /// <summary>The system that the path names, or null.</summary>
    public static string? SystemIn(string path)
        => path.StartsWith(Root, StringComparison.OrdinalIgnoreCase) && path[Root.Length..] is { Length: > 0 } name && !name.Contains('/', StringComparison.Ordinal)
            ? name.ToLowerInvariant()
            : null;

    public async Task<Answer> TakeAsync(string asked, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!string.Equals(asked, system, StringComparison.OrdinalIgnoreCase) || secret is null)
        {
            return Answer.Refused(
                StatusCodes.Status404NotFound, $"no webhooks of {asked} are taken here",
                $"Tickets are in {system}; its settings need \"webhookSecret\". Without webhooks its replies are read every {ReplyPoll.Every.TotalSeconds:0} s.");
        }

        if (await RequestBody.ReadAsync(request, cancellationToken) is not { } body)
        {
            return Answer.TooLarge();
        }

        if (HookSignature.Problem(asked, await secret(cancellationToken), request, body, time.GetUtcNow()) is { } problem)
        {
            LogRefused(system, problem);
            return Answer.Refused(StatusCodes.Status403Forbidden, problem, "Give the webhook the secret that the settings name; docs/review.md says how.");
        }

        // Of other tickets, or a ping: nothing to do, and no reason to send it again.
        if (await reviews.FindIncidentAsync(TicketsIn(body), cancellationToken) is not { } incident)
        {
            return new Answer(StatusCodes.Status200OK, ("status", "nothing to do"));
        }

        replies.Ask(incident);
        return new Answer(StatusCodes.Status202Accepted, ("incident", incident));
    }

    private static List<string> TicketsIn(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return [.. Places.Select(place => At(document.RootElement, place)).OfType<string>()];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string? At(JsonElement element, string[] place)
    {
        foreach (var name in place)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind switch { JsonValueKind.String => element.GetString(), JsonValueKind.Number => element.GetRawText(), _ => null };
    }

    [LoggerMessage(LogLevel.Warning, "Refused a webhook of {System}: {Reason}")]
    private partial void LogRefused(string system, string reason);
}
