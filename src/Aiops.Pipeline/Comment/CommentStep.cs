using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Aiops.Pipeline.Comment.Report;
using Aiops.Pipeline.Masking;
using Microsoft.Extensions.Logging;

namespace Aiops.Pipeline.Comment;

/// <param name="Round">Which analysis the comment shows.</param>
public sealed record CommentInput(string IncidentId, int Round);

/// <param name="CommentVersion">1 when it was just made; one more each time it was edited in place.</param>
public sealed record CommentOutput(string TicketId, int CommentVersion, string ReportKey);

/// <param name="From">When the comment of a round was about to be written.</param>
public sealed record Commented(DateTimeOffset From);

/// <summary>
/// Renders what was found and puts it where people work: one ticket an incident, one comment in it. Each effect bears the
/// incident's id, so doing it again, after a crash or in another round, edits what is there. The report attached, earlier
/// tickets linked and chats told come after the comment, and what goes wrong with them is logged and costs it nothing.
/// </summary>
/// <param name="reportLink">Where a person finds a stored report, from its key.</param>
public sealed partial class CommentStep(
    IIncidentReports reports, IDocumentStore documents, ITicketSystem tickets, IReadOnlyList<INoticeChannel> channels, Func<string, string> reportLink,
    ILogger<CommentStep> logger)
{
    /// <summary>Whether commands in replies to the comment are read, so that it may name them.</summary>
    public bool RepliesAreRead { get; init; }

    private readonly CommentRenderer comments = new(SecretMask.Mask);
    private readonly NoticeRenderer notices = new(SecretMask.Mask);

    /// <exception cref="TicketSystemUnavailableException">Retried by the workflow.</exception>
    public async Task<CommentOutput> RunAsync(CommentInput input, CancellationToken cancellationToken)
    {
        var report = await reports.ReadAsync(input.IncidentId, input.Round, cancellationToken);
        var reportKey = DocumentKeys.Report(input.IncidentId);
        var link = reportLink(reportKey);
        var markdown = comments.Render(report, link, RepliesAreRead);
        var page = Encoding.UTF8.GetBytes(ReportRenderer.Render(report, SecretMask.Mask));
        await documents.PutAsync(reportKey, page, cancellationToken);
        await PutAsync(DocumentKeys.Comment(input.IncidentId), markdown, cancellationToken);

        var title = IncidentWords.Title(report, SecretMask.Mask);
        var description = SecretMask.Mask(report.Incident.First.Description ?? report.Incident.First.Reason ?? report.Incident.Title);
        var ticket = await tickets.OpenAsync(
            input.IncidentId, new TicketContent(title, description, report.Classification.Severity), cancellationToken);
        await NoteTimeAsync(report, cancellationToken);
        var comment = await tickets.CommentAsync(input.IncidentId, markdown, cancellationToken);
        LogCommented(input.IncidentId, ticket.Id, comment.Version);

        await TryAsync(input, "attach the report", () => tickets.AttachAsync(input.IncidentId, TicketAttachment.Report(page), cancellationToken));
        var earlier = report.Context.PastIncidents.Select(past => past.IncidentId).ToList();
        await TryAsync(input, "link earlier incidents", () => tickets.LinkAsync(input.IncidentId, earlier, cancellationToken));
        var notice = new Notice(title, notices.Render(report, link), markdown, report.Classification.Severity, TicketState.Open, ticket.Url, link);
        if (channels.Count > 0)
        {
            await documents.PutAsync(DocumentKeys.Notice(input.IncidentId), JsonSerializer.SerializeToUtf8Bytes(notice, NoticeJson.Default.Notice), cancellationToken);
        }

        await Task.WhenAll(channels.Select(channel => TryAsync(input, $"tell {channel.Name}", () => channel.NotifyAsync(input.IncidentId, notice, cancellationToken))));
        return new CommentOutput(ticket.Id, comment.Version, reportKey);
    }

    private async Task TryAsync(CommentInput input, string what, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotDone(e, input.IncidentId, what);
        }
    }

    // Before it is written, and of the first attempt: whoever replies earlier can't have seen it.
    private async Task NoteTimeAsync(IncidentReport report, CancellationToken cancellationToken)
    {
        var key = DocumentKeys.Commented(report.Incident.Id, report.Round);
        if (await documents.GetAsync(key, cancellationToken) is null)
        {
            await documents.PutAsync(key, JsonSerializer.SerializeToUtf8Bytes(new Commented(report.AnalysedAt), CommentJson.Default.Commented), cancellationToken);
        }
    }

    private Task PutAsync(string key, string text, CancellationToken cancellationToken)
        => documents.PutAsync(key, Encoding.UTF8.GetBytes(text), cancellationToken);

    [LoggerMessage(LogLevel.Information, "Commented on {IncidentId}: {Ticket}, version {Version}")]
    private partial void LogCommented(string incidentId, string ticket, int version);

    [LoggerMessage(LogLevel.Warning, "Commented on {IncidentId}, but could not {What}")]
    private partial void LogNotDone(Exception exception, string incidentId, string what);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CommentInput))]
[JsonSerializable(typeof(CommentOutput))]
[JsonSerializable(typeof(Commented))]
public sealed partial class CommentJson : JsonSerializerContext;
