using System.Text;
using System.Text.Json.Serialization;
using Aiops.Pipeline.Comment.Report;
using Aiops.Pipeline.Masking;
using Microsoft.Extensions.Logging;

namespace Aiops.Pipeline.Comment;

/// <param name="Round">Which analysis the comment shows.</param>
public sealed record CommentInput(string IncidentId, int Round);

/// <param name="CommentVersion">1 when it was just made; one more each time it was edited in place.</param>
public sealed record CommentOutput(string TicketId, int CommentVersion, string ReportKey);

/// <summary>
/// Renders what was found and puts it where people work: one ticket an incident, one comment in it. Each effect bears the
/// incident's id, so doing it again, after a crash or in another round, edits what is there.
/// </summary>
/// <param name="reportLink">Where a person finds a stored report, from its key.</param>
public sealed partial class CommentStep(
    IIncidentReports reports, IDocumentStore documents, ITicketSystem tickets, Func<string, string> reportLink, ILogger<CommentStep> logger)
{
    private readonly CommentRenderer comments = new(SecretMask.Mask);

    /// <exception cref="TicketSystemUnavailableException">Retried by the workflow.</exception>
    public async Task<CommentOutput> RunAsync(CommentInput input, CancellationToken cancellationToken)
    {
        var report = await reports.ReadAsync(input.IncidentId, input.Round, cancellationToken);
        var reportKey = DocumentKeys.Report(input.IncidentId);
        var markdown = comments.Render(report, reportLink(reportKey));
        await PutAsync(reportKey, ReportRenderer.Render(report, SecretMask.Mask), cancellationToken);
        await PutAsync(DocumentKeys.Comment(input.IncidentId), markdown, cancellationToken);

        var title = IncidentWords.Title(report, SecretMask.Mask);
        var description = SecretMask.Mask(report.Incident.First.Description ?? report.Incident.First.Reason ?? report.Incident.Title);
        var ticket = await tickets.OpenAsync(
            input.IncidentId, new TicketContent(title, description, report.Classification.Severity), cancellationToken);
        var comment = await tickets.CommentAsync(input.IncidentId, markdown, cancellationToken);
        LogCommented(input.IncidentId, ticket.Id, comment.Version);
        return new CommentOutput(ticket.Id, comment.Version, reportKey);
    }

    private Task PutAsync(string key, string text, CancellationToken cancellationToken)
        => documents.PutAsync(key, Encoding.UTF8.GetBytes(text), cancellationToken);

    [LoggerMessage(LogLevel.Information, "Commented on {IncidentId}: {Ticket}, version {Version}")]
    private partial void LogCommented(string incidentId, string ticket, int version);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CommentInput))]
[JsonSerializable(typeof(CommentOutput))]
public sealed partial class CommentJson : JsonSerializerContext;
