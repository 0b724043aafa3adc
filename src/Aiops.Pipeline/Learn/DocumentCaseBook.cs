using System.Text.Json;
using System.Text.Json.Serialization;
using Aiops.Analysis.LogPatterns;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Pipeline.Learn;

/// <summary>Cases as documents, one each: readable by anyone, the same on every host, read whole for each comparison.</summary>
/// <remarks>Fit for some thousands of cases; beyond that an index must propose candidates.</remarks>
public sealed class DocumentCaseBook(IDocumentStore documents, IIncidents incidents) : ICaseBook, IPastIncidents
{
    public async Task WriteAsync(Incident incident, Outcome outcome, int round, CancellationToken cancellationToken)
    {
        var fingerprint = await FingerprintAsync(incident, round, cancellationToken);
        await WriteAsync(
            new PastCase(incident.Id, incident.Title, incident.OpenedAt, fingerprint, outcome.Cause, outcome.Component, outcome.Helped),
            cancellationToken);
    }

    /// <summary>A case that is known from elsewhere: a recording brings some along.</summary>
    public Task WriteAsync(PastCase past, CancellationToken cancellationToken)
        => documents.PutAsync(
            DocumentKeys.Case(past.IncidentId), JsonSerializer.SerializeToUtf8Bytes(past, CaseJson.Default.PastCase), cancellationToken);

    public async Task<IReadOnlyList<PastCase>> CandidatesAsync(Incident incident, CancellationToken cancellationToken)
    {
        List<PastCase> cases = [];
        foreach (var key in await documents.ListAsync(DocumentKeys.CasePrefix, cancellationToken))
        {
            if (await documents.GetAsync(key, cancellationToken) is { } content
                && JsonSerializer.Deserialize(content, CaseJson.Default.PastCase) is { } past
                && past.IncidentId != incident.Id)
            {
                cases.Add(past);
            }
        }

        return cases;
    }

    private async Task<IncidentFingerprint> FingerprintAsync(Incident incident, int round, CancellationToken cancellationToken)
    {
        var members = await incidents.MembersAsync(incident.Id, cancellationToken);
        var classification = await documents.GetAsync(DocumentKeys.Classification(incident.Id, round), cancellationToken) is { } json
            ? JsonSerializer.Deserialize(json, ClassifyJson.Default.Classification)
            : null;
        var windows = AnalysisWindows.For(incident, incident.LastEventAt);
        var context = await new ContextDocuments(documents).ReadAsync(incident.Id, round, windows, cancellationToken);
        return new IncidentFingerprint(
            classification?.Kind ?? IncidentKind.Unknown,
            incident.Components,
            [.. incident.Components.Select(context.Topology.TypeOf).OfType<string>().Distinct()],
            [.. members.Select(member => member.Signal?.Metric).OfType<string>().Distinct()],
            [.. context.Logs.Where(shift => shift.Trend is LogPatternTrend.New or LogPatternTrend.More).Select(shift => shift.PatternId)]);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PastCase))]
internal sealed partial class CaseJson : JsonSerializerContext;
