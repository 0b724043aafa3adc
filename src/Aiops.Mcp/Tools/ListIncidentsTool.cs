using System.Globalization;
using Aiops.Mcp.Answers;
using Aiops.Mcp.Asking;
using Aiops.Pipeline;
using ModelContextProtocol.Protocol;

namespace Aiops.Mcp.Tools;

/// <summary>Incidents, newest first. Those that open while a client pages don't move the ones that it hasn't seen.</summary>
internal sealed class ListIncidentsTool(McpPorts ports, IncidentReader reader) : AiopsTool(
    "list_incidents",
    "List incidents",
    "Incidents, newest first, each with what its analysis names as the first cause and whether people reviewed it.",
    [
        new("status", ParameterKind.Text, "Only of this status.") { Choices = ["open", "resolved", "closed"] },
        new("severity", ParameterKind.Text, "Only of this severity; sev1 is the worst.") { Choices = ["sev1", "sev2", "sev3", "sev4"] },
        new("service", ParameterKind.Text, "Only with this component among those that alarmed or the first suspect."),
        new("text", ParameterKind.Text, "Only with these words in title, id or cause."),
        new("unreviewed", ParameterKind.Flag, "Only those that nobody judged yet."),
        new("since", ParameterKind.Text, "Only opened from then on: an ISO 8601 instant, as in 2026-03-01T08:00:00Z."),
        Parameter.Limit,
        Parameter.Cursor,
    ],
    ports.Time)
{
    private const int MostListed = 2_000; // Newer ones alone are looked through …
    private const int MostRead = 300; // … and of so many the documents are read, a call.

    protected override async Task<CallToolResult> AnswerAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        IncidentStatus? status = arguments.Text("status") is { } asked ? Enum.Parse<IncidentStatus>(asked, ignoreCase: true) : null;
        var since = Since(arguments.Text("since"));
        var stamp = $"incidents {status} {arguments.Text("severity")} {arguments.Text("service")} {arguments.Text("text")} {arguments.Flag("unreviewed")} {since:O}";
        var (after, read) = (Cursor.Read(arguments.Text("cursor"), stamp), 0);
        var listed = await ports.Incidents.ListAsync(status, MostListed, cancellationToken);

        // Oldest first they keep their places, whatever opens meanwhile: the cursor counts how many are left to look at.
        var left = arguments.Text("cursor") is null ? listed.Count : Math.Min(after, listed.Count);
        List<IncidentSummary> found = [];
        while (left > 0 && found.Count < arguments.Limit && read < MostRead)
        {
            var incident = listed[^left--];
            if (since is not null && incident.OpenedAt < since)
            {
                left = 0;
                break;
            }

            read++;
            var summary = await reader.SummaryAsync(incident, cancellationToken);
            if (Takes(summary, arguments))
            {
                found.Add(summary);
            }
        }

        var note = listed.Count == MostListed ? $"Only the newest {MostListed} were looked through." : null;
        return Answer.Of(
            new IncidentList(found, note), AnswerJson.Default.IncidentList, IncidentSummary.Outside("incidents[]"), left > 0 ? Cursor.Write(stamp, left) : null).ToResult();
    }

    private static bool Takes(IncidentSummary one, ToolArguments arguments)
        => (arguments.Text("severity") is not { } severity || string.Equals(one.Severity?.ToString(), severity, StringComparison.OrdinalIgnoreCase))
            && (arguments.Text("service") is not { } service || one.Suspect == service || one.Components.Contains(service))
            && (!arguments.Flag("unreviewed") || one.Reviewed is null)
            && (arguments.Text("text") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).All(
                word => $"{one.Id} {one.Title} {one.Cause}".Contains(word, StringComparison.OrdinalIgnoreCase));

    private static DateTimeOffset? Since(string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since) ? since
        : throw new ToolRefusedException("The argument since must be an ISO 8601 instant, as in 2026-03-01T08:00:00Z.");
}
