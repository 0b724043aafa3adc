using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aiops.Mcp.Answers;
using Aiops.Mcp.Asking;
using Aiops.Pipeline;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Reason;

namespace Aiops.Mcp.Tools;

/// <summary>Incidents and what their analyses left behind, by ids that a client says.</summary>
internal sealed class IncidentReader(McpPorts ports)
{
    /// <exception cref="ToolRefusedException">There is none of that id.</exception>
    public async Task<Incident> FindAsync(string id, CancellationToken cancellationToken)
        => await FindOrNullAsync(id, cancellationToken) ?? throw new ToolRefusedException("There is no such incident. list_incidents has those that there are.");

    /// <summary>What couldn't be an id isn't looked for: ids are parts of keys and paths.</summary>
    public async Task<Incident?> FindOrNullAsync(string id, CancellationToken cancellationToken)
        => IsId(id) && await ports.Incidents.FindAsync(id, cancellationToken) is { } incident && incident.Id == id ? incident : null;

    /// <summary>An analysis of an incident, as the arguments name it.</summary>
    /// <exception cref="ToolRefusedException">There is no such incident, or no such analysis.</exception>
    public async Task<IncidentReport> ReportAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var incident = await FindAsync(arguments.TextOf("incidentId"), cancellationToken);
        var newest = await RoundAsync(incident.Id, cancellationToken);
        var round = arguments.Number("round") ?? newest;
        return newest == 0 ? throw new ToolRefusedException("Its first analysis is under way. Ask again in a minute.")
            : round > newest ? throw new ToolRefusedException($"There was no analysis {round}: the newest is {newest}.")
            : await ports.Reports.ReadAsync(incident.Id, round, cancellationToken);
    }

    /// <summary>The newest analysis; 0 while there is none.</summary>
    public async Task<int> RoundAsync(string incidentId, CancellationToken cancellationToken)
    {
        var round = await ports.Documents.LatestRoundAsync(incidentId, cancellationToken);
        return await ports.Documents.GetAsync(DocumentKeys.Classification(incidentId, round), cancellationToken) is null ? 0 : round;
    }

    public async Task<string?> TextAsync(string key, CancellationToken cancellationToken)
        => await ports.Documents.GetAsync(key, cancellationToken) is { } content ? Encoding.UTF8.GetString(content) : null;

    public async Task<IncidentSummary> SummaryAsync(Incident incident, CancellationToken cancellationToken)
    {
        var round = await ports.Documents.LatestRoundAsync(incident.Id, cancellationToken);
        var classification = await ReadAsync(DocumentKeys.Classification(incident.Id, round), ClassifyJson.Default.Classification, cancellationToken);
        var diagnosis = await ports.Documents.DiagnosisAsync(incident.Id, round, cancellationToken);
        var outcome = await ReadAsync(DocumentKeys.Outcome(incident.Id), LearnJson.Default.Outcome, cancellationToken);
        var first = diagnosis?.Hypotheses is [var top, ..] ? top : null;
        return new IncidentSummary(
            incident.Id, incident.Status, incident.Title, incident.OpenedAt, incident.LastEventAt, incident.ResolvedAt,
            classification?.Severity, classification?.Kind ?? IncidentKind.Unknown, incident.Components, incident.MemberCount, incident.FiringCount,
            incident.LinkedTo, classification is null ? 0 : round, first?.Component, first?.Statement, first?.Confidence ?? 0,
            outcome?.Verdict is Verdict.Confirmed or Verdict.Corrected or Verdict.Rejected ? outcome.Verdict : null);
    }

    private static bool IsId(string id) => id.Length is > 0 and <= 100 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && !id.Contains("..", StringComparison.Ordinal);

    private async Task<T?> ReadAsync<T>(string key, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
        => await ports.Documents.GetAsync(key, cancellationToken) is { } content ? JsonSerializer.Deserialize(content, type) : null;
}
