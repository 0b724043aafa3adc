using Aiops.Mcp.Answers;
using Aiops.Mcp.Asking;
using Aiops.Mcp.Tools;
using Aiops.Pipeline;
using Aiops.Pipeline.Masking;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Aiops.Mcp.Resources;

/// <summary>
/// The newest report of each incident: <c>aiops://incidents/{id}/report</c> is the ticket's comment in Markdown,
/// <c>aiops://incidents/{id}/report.html</c> the whole page.
/// </summary>
internal sealed class ReportResources(McpPorts ports, IncidentReader reader)
{
    private const string Start = "aiops://incidents/";
    private const string Stamp = "resources";
    private const int MostListed = 500;
    private const int PageSize = 50;
    private const int LargestPage = 4 * 1024 * 1024; // Characters of HTML.

    public ValueTask<ListResourceTemplatesResult> TemplatesAsync(RequestContext<ListResourceTemplatesRequestParams> request, CancellationToken cancellationToken)
        => ValueTask.FromResult(new ListResourceTemplatesResult
        {
            ResourceTemplates =
            [
                new() { Name = "report", Title = "Report of an incident", UriTemplate = $"{Start}{{incidentId}}/report", MimeType = "text/markdown", Description = "The newest analysis as the ticket's comment says it. Holds text that others wrote." },
                new() { Name = "report-html", Title = "Report of an incident, as a page", UriTemplate = $"{Start}{{incidentId}}/report.html", MimeType = "text/html", Description = "The newest analysis with its plots, one self-contained page. Holds text that others wrote." },
            ],
        });

    public async ValueTask<ListResourcesResult> ListAsync(RequestContext<ListResourcesRequestParams> request, CancellationToken cancellationToken)
    {
        var incidents = await ports.Incidents.ListAsync(null, MostListed, cancellationToken);
        try
        {
            var left = request.Params?.Cursor is { } cursor ? Math.Min(Cursor.Read(cursor, Stamp), incidents.Count) : incidents.Count;
            var shown = incidents.Skip(incidents.Count - left).Take(PageSize).ToList();
            return new ListResourcesResult
            {
                Resources = [.. shown.Select(Resource)],
                NextCursor = left > shown.Count ? Cursor.Write(Stamp, left - shown.Count) : null,
            };
        }
        catch (ToolRefusedException e)
        {
            throw new McpProtocolException(e.Message, e, McpErrorCode.InvalidParams);
        }
    }

    public async ValueTask<ReadResourceResult> ReadAsync(RequestContext<ReadResourceRequestParams> request, CancellationToken cancellationToken)
    {
        var uri = request.Params?.Uri ?? "";
        var parts = uri.StartsWith(Start, StringComparison.Ordinal) ? uri[Start.Length..].Split('/') : [];
        if (parts is not [var id, "report" or "report.html"] || await reader.FindOrNullAsync(id, cancellationToken) is null)
        {
            throw NotFound();
        }

        var page = parts[1] == "report.html";
        var text = await reader.TextAsync(page ? DocumentKeys.Report(id) : DocumentKeys.Comment(id), cancellationToken) ?? throw NotFound();
        return text.Length <= LargestPage
            ? new ReadResourceResult
            {
                // Masked when it was written; once more costs nothing where there is no markup to harm.
                Contents = [new TextResourceContents { Uri = uri, MimeType = page ? "text/html" : "text/markdown", Text = page ? text : Answer.Fence(SecretMask.Mask(text), ["it"]) }],
            }
            : throw new McpProtocolException("The page is too large to be handed over; the Markdown report isn't.", McpErrorCode.InvalidParams);
    }

    private static Resource Resource(Incident incident) => new()
    {
        Name = incident.Id,
        Title = $"Report of {incident.Id}",
        Uri = $"{Start}{incident.Id}/report",
        MimeType = "text/markdown",
        Description = $"{incident.Status.ToString().ToLowerInvariant()} since {incident.OpenedAt:u}",
    };

    private static McpProtocolException NotFound()
        => new($"There is no such report. Its address is {Start}INCIDENT/report or report.html, INCIDENT as list_incidents has it.", McpErrorCode.ResourceNotFound);
}
