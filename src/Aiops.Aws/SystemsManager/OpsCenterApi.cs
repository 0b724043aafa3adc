using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.SystemsManager;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Review;
using Aiops.Tickets;
using Aiops.Tickets.Markdown;
using Aiops.Tickets.Settings;

namespace Aiops.Aws.SystemsManager;

/// <summary>OpsItems of Systems Manager's OpsCenter, in the account and Region of the client.</summary>
/// <remarks>
/// It is here, and not with the other systems, for it speaks through the signed client; this project refers to Aiops.Tickets, and
/// nothing there to AWS. An open OpsItem of the same <c>/aws/dedup</c> keeps a second from being made ("Reducing duplicate
/// OpsItems" in the Systems Manager user guide), so that the lag of the search matters only for closed ones. OpsItems have no
/// comments: ours is operational data, edited in place, and nobody can reply there.
/// </remarks>
public sealed partial class OpsCenterApi(WireClient client, string region) : ITicketApi
{
    private const string KeyName = "aiops-incident";
    private const string AnalysisName = "aiops-analysis";
    private const string NoteName = "aiops-note";
    private const int LongestTitle = 1_024;
    private const int LongestDescription = 2_048;
    private const int PageSize = 50;

    public static TicketSystemKind Kind(WireClient client, string region) => new("opscenter", [], [], (_, _) => new OpsCenterApi(client, region));

    public string Name => "OpsCenter";

    /// <summary>Not documented: a minute is long for what its console shows at once.</summary>
    public TimeSpan FindLag => TimeSpan.FromMinutes(1);

    public ITicketFormat Format => TicketFormats.OpsCenter;

    public async Task<IReadOnlyList<RemoteTicket>> FindAsync(string key, CancellationToken cancellationToken)
    {
        var wanted = JsonSerializer.Serialize(new DataFilter(KeyName, key), OpsCenterJson.Default.DataFilter);
        var filter = new OpsItemFilter { Key = "OperationalData", Values = [wanted], Operator = "Equal" };
        List<OpsItemSummary> found = [];
        string? next = null;
        do
        {
            var page = await AskAsync(new DescribeOpsItemsRequest { OpsItemFilters = [filter], MaxResults = PageSize, NextToken = next }, cancellationToken);
            found.AddRange(page.OpsItemSummaries);
            next = page.NextToken;
        }
        while (next is not null);

        return [.. found.Where(one => one.OpsItemId is not null).OrderBy(one => one.CreatedTime).ThenBy(one => one.OpsItemId, StringComparer.Ordinal).Select(one => Ticket(one.OpsItemId!))];
    }

    public async Task<RemoteTicket> CreateAsync(string key, TicketContent content, CancellationToken cancellationToken)
    {
        var dedup = JsonSerializer.Serialize(new Dedup(key), OpsCenterJson.Default.Dedup);
        var request = new CreateOpsItemRequest
        {
            Title = TicketText.Title(content, LongestTitle),
            Description = Description(content),
            Source = "Aiops",
            Priority = PriorityOf(content.Severity),
            Severity = SeverityOf(content.Severity),
            Category = "Availability",
            OperationalData = new Dictionary<string, OpsItemDataValue>
            {
                ["/aws/dedup"] = Searchable(dedup),
                [KeyName] = Searchable(key),
            },
        };
        try
        {
            return Ticket((await client.SendAsync(request, cancellationToken)).OpsItemId!);
        }
        catch (WireException e) when (e.Code == "OpsItemAlreadyExistsException")
        {
            // The client sends again what stayed unanswered; the second time finds what the first one made.
            return OpsItemId().Match(e.Message) is { Success: true } there ? Ticket(there.Value)
                : (await FindAsync(key, cancellationToken)) is [var oldest, ..] ? oldest
                : throw new TicketSystemUnavailableException($"OpsCenter has an OpsItem for {key} and doesn't show it yet.", e);
        }
        catch (WireException e)
        {
            throw Failure(e);
        }
    }

    public Task UpdateAsync(RemoteTicket ticket, string key, TicketContent content, CancellationToken cancellationToken) => AskAsync(
        new UpdateOpsItemRequest
        {
            OpsItemId = ticket.Id,
            Title = TicketText.Title(content, LongestTitle),
            Priority = PriorityOf(content.Severity),
            Severity = SeverityOf(content.Severity),
        }, cancellationToken);

    public async Task<IReadOnlyList<string>> FindCommentsAsync(RemoteTicket ticket, string marker, CancellationToken cancellationToken)
        => [.. (await ReadAsync(ticket, cancellationToken)).OperationalData
            .Where(data => data.Value.Value?.Contains(marker, StringComparison.Ordinal) == true).Select(data => data.Key)];

    public async Task<string> AddCommentAsync(RemoteTicket ticket, string body, CancellationToken cancellationToken)
    {
        var name = body.Contains("aiops:comment:", StringComparison.Ordinal) ? AnalysisName : NoteName;
        await EditCommentAsync(ticket, name, body, cancellationToken);
        return name;
    }

    public Task EditCommentAsync(RemoteTicket ticket, string commentId, string body, CancellationToken cancellationToken) => AskAsync(
        new UpdateOpsItemRequest
        {
            OpsItemId = ticket.Id,
            OperationalData = new Dictionary<string, OpsItemDataValue> { [commentId] = new() { Value = body, Type = "String" } },
        }, cancellationToken);

    public Task MoveAsync(RemoteTicket ticket, TicketState state, CancellationToken cancellationToken)
        => AskAsync(new UpdateOpsItemRequest { OpsItemId = ticket.Id, Status = state == TicketState.Open ? "Open" : "Resolved" }, cancellationToken);

    public async Task LinkAsync(RemoteTicket ticket, RemoteTicket earlier, CancellationToken cancellationToken)
    {
        var related = (await ReadAsync(ticket, cancellationToken)).RelatedOpsItems;
        if (related.All(one => one.OpsItemId != earlier.Id))
        {
            await AskAsync(
                new UpdateOpsItemRequest { OpsItemId = ticket.Id, RelatedOpsItems = [.. related, new RelatedOpsItem { OpsItemId = earlier.Id }] }, cancellationToken);
        }
    }

    public Task<bool> AttachAsync(RemoteTicket ticket, TicketAttachment attachment, CancellationToken cancellationToken) => Task.FromResult(false);

    public async Task MergeAsync(RemoteTicket duplicate, RemoteTicket into, CancellationToken cancellationToken)
    {
        await LinkAsync(duplicate, into, cancellationToken);
        await AskAsync(
            new UpdateOpsItemRequest { OpsItemId = duplicate.Id, Status = "Resolved", OperationalDataToDelete = [KeyName] }, cancellationToken);
    }

    public Task<TicketReplies> RepliesAsync(RemoteTicket ticket, string? after, CancellationToken cancellationToken)
        => Task.FromResult(new TicketReplies([], after));

    private async Task<OpsItem> ReadAsync(RemoteTicket ticket, CancellationToken cancellationToken)
        => (await AskAsync(new GetOpsItemRequest { OpsItemId = ticket.Id }, cancellationToken)).OpsItem ?? new OpsItem();

    private async Task<TResponse> AskAsync<TResponse>(IWireRequest<TResponse> request, CancellationToken cancellationToken)
        where TResponse : class
    {
        try
        {
            return await client.SendAsync(request, cancellationToken);
        }
        catch (WireException e)
        {
            throw Failure(e);
        }
    }

    private static Exception Failure(WireException e) => e.Failure switch
    {
        WireFailure.Missing => new TicketGoneException(e.Message),
        WireFailure.Denied => new TicketSystemRefusedException(
            $"OpsCenter doesn't let us: {e.Message}", "Allow the role ssm:CreateOpsItem, UpdateOpsItem, GetOpsItem and DescribeOpsItems.", e),
        WireFailure.Invalid => new TicketSystemRefusedException($"OpsCenter refused: {e.Message}", "Compare the settings with docs/tickets.md.", e),
        _ => new TicketSystemUnavailableException($"OpsCenter can't answer now: {e.Message}", e),
    };

    private RemoteTicket Ticket(string id)
        => new(id, id, $"https://{region}.console.aws.amazon.com/systems-manager/opsitems/{id}/overview?region={region}");

    private static OpsItemDataValue Searchable(string value) => new() { Value = value, Type = "SearchableString" };

    private static string Description(TicketContent content)
    {
        var text = content.Description.Trim();
        var cut = text.Length <= LongestDescription ? text
            : text[..(char.IsHighSurrogate(text[LongestDescription - 1]) ? LongestDescription - 1 : LongestDescription)];
        return cut.Length > 0 ? cut : TicketText.Title(content, LongestTitle);
    }

    private static int PriorityOf(Severity severity) => (int)severity;

    private static string SeverityOf(Severity severity) => ((int)severity).ToString(System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("oi-[0-9a-f]{12}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OpsItemId();
}

internal sealed record DataFilter(string Key, string Value);

internal sealed record Dedup(string DedupString);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DataFilter))]
[JsonSerializable(typeof(Dedup))]
internal sealed partial class OpsCenterJson : JsonSerializerContext;
