using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Aiops.Aws.DynamoDb.Tickets;

/// <summary>Tickets in the single table: an item a ticket with what our comment says now, and one for each version before.</summary>
/// <remarks>
/// What the comment said goes into an item of its own before the ticket's is written over, and says the same whoever writes
/// it; so a writer that dies in between leaves nothing to mend. Numbers come from a counter, and one may be left out.
/// </remarks>
public sealed class DynamoTicketSystem(DynamoTable table) : IBuiltInTickets
{
    private static readonly ItemKey Counter = new("COUNTERS", "TICKETS");

    public string Name => "built-in tickets";

    /// <inheritdoc/>
    public async Task<TicketReference> OpenAsync(string key, TicketContent content, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await table.UpdateAndGetAsync(
                TableKeys.Ticket(key),
                "SET Title = :title, Description = :description, Severity = :severity",
                Condition.Of(
                    "attribute_exists(PK)",
                    (":title", Attributes.Text(content.Title)),
                    (":description", Attributes.Text(content.Description)),
                    (":severity", Attributes.Text(content.Severity.ToString()))),
                cancellationToken) is { } ticket)
            {
                return Reference(ticket.FindNumber("Number"));
            }

            var number = (await table.UpdateAndGetAsync(
                Counter, "ADD LastNumber :one", Condition.Of(null, (":one", Attributes.Number(1))), cancellationToken))!.FindNumber("LastNumber");
            if (await table.PutAsync(New(key, content, number), Condition.Absent, cancellationToken))
            {
                return Reference(number);
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="KeyNotFoundException">No ticket bears the key.</exception>
    public async Task<CommentReference> CommentAsync(string key, string markdown, CancellationToken cancellationToken)
    {
        while (true)
        {
            var item = await table.GetAsync(TableKeys.Ticket(key), cancellationToken) ?? throw new KeyNotFoundException($"No ticket is open for {key}.");
            var ticket = Read(item);
            var reference = new CommentReference($"{ticket.Id}/comment", ticket.CommentVersion);
            if (ticket.Comment == markdown) // Saying the same again is what a retry does: no new version.
            {
                return reference;
            }

            if (ticket.Comment is not null)
            {
                await table.PutAllAsync([Earlier(key, item)], cancellationToken);
            }

            if (await table.UpdateAsync(
                TableKeys.Ticket(key),
                "SET TicketComment = :comment, CommentVersion = :next, WrittenAt = :at",
                Condition.Of(
                    "CommentVersion = :version",
                    (":comment", Attributes.Text(markdown)),
                    (":version", Attributes.Number(ticket.CommentVersion)),
                    (":next", Attributes.Number(ticket.CommentVersion + 1)),
                    (":at", Attributes.Exactly(table.Time.GetUtcNow()))),
                cancellationToken))
            {
                return reference with { Version = ticket.CommentVersion + 1 };
            }
        }
    }

    /// <inheritdoc/>
    public Task MoveAsync(string key, TicketState state, CancellationToken cancellationToken) => table.UpdateAsync(
        TableKeys.Ticket(key),
        "SET TicketState = :state",
        Condition.Of("attribute_exists(PK)", (":state", Attributes.Text(state.ToString().ToLowerInvariant()))),
        cancellationToken);

    // What is earlier, and the report, stand in the comment itself; a row here would add nothing.
    public Task LinkAsync(string key, IReadOnlyList<string> earlierKeys, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task AttachAsync(string key, TicketAttachment attachment, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<StoredTicket?> GetAsync(string key, CancellationToken cancellationToken)
        => await table.GetAsync(TableKeys.Ticket(key), cancellationToken) is { } item ? Read(item) : null;

    /// <inheritdoc/>
    /// <remarks>From the index, so what was opened a moment ago may not be there yet.</remarks>
    public async Task<IReadOnlyList<StoredTicket>> ListAsync(CancellationToken cancellationToken)
    {
        List<StoredTicket> tickets = [];
        await foreach (var item in table.QueryIndexAsync(TableKeys.Tickets, null, newestFirst: false, null, cancellationToken))
        {
            tickets.Add(Read(item));
        }

        return tickets;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CommentVersion>> HistoryAsync(string key, CancellationToken cancellationToken)
    {
        SortedDictionary<int, CommentVersion> versions = [];
        await foreach (var item in table.QueryAsync(TableKeys.Ticket(key).Partition, "", null, cancellationToken))
        {
            if (item.FindText("TicketComment") is { } comment)
            {
                CommentVersion version = new((int)item.FindNumber("CommentVersion"), item.Instant("WrittenAt"), comment);
                versions[version.Version] = version; // The ticket itself comes last, and knows best.
            }
        }

        return [.. versions.Values];
    }

    private Item New(string key, TicketContent content, long number)
    {
        var item = TableKeys.Ticket(key).ToItem();
        item["TicketKey"] = Attributes.Text(key);
        item["Number"] = Attributes.Number(number);
        item["Title"] = Attributes.Text(content.Title);
        item["Description"] = Attributes.Text(content.Description);
        item["Severity"] = Attributes.Text(content.Severity.ToString());
        item["TicketState"] = Attributes.Text("open");
        item["OpenedAt"] = Attributes.Exactly(table.Time.GetUtcNow());
        item["CommentVersion"] = Attributes.Number(0);
        item[TableKeys.IndexPK] = Attributes.Text(TableKeys.Tickets);
        item[TableKeys.IndexSK] = Attributes.Text($"{number:D12}");
        return item;
    }

    private static Item Earlier(string key, Item ticket)
    {
        var item = TableKeys.Comment(key, (int)ticket.FindNumber("CommentVersion")).ToItem();
        foreach (var name in (string[])["TicketComment", "CommentVersion", "WrittenAt"])
        {
            item[name] = ticket[name];
        }

        return item;
    }

    private static StoredTicket Read(Item item) => new(
        Reference(item.FindNumber("Number")).Id,
        item["TicketKey"].S,
        item["Title"].S,
        Enum.Parse<Severity>(item["Severity"].S),
        item["TicketState"].S,
        item.Instant("OpenedAt"),
        item.FindText("TicketComment"),
        (int)item.FindNumber("CommentVersion"));

    private static TicketReference Reference(long number) => new($"T-{number}", $"aiops:tickets/T-{number}");
}
