using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aiops.Pipeline;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Reason;

namespace Aiops.Console.Reading;

/// <summary>Reads digests from the stages' documents, and remembers them for moments: many look at one list.</summary>
public sealed class IncidentDigests(IDocumentStore documents, TimeProvider time)
{
    private static readonly TimeSpan OpenFor = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ClosedFor = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (Incident Of, IncidentDigest Digest, DateTimeOffset Until)> known = new();

    public async Task<IReadOnlyList<IncidentDigest>> ReadAsync(IEnumerable<Incident> incidents, CancellationToken cancellationToken)
    {
        List<IncidentDigest> digests = [];
        foreach (var incident in incidents)
        {
            digests.Add(await ReadAsync(incident, cancellationToken));
        }

        return digests;
    }

    public async Task<IncidentDigest> ReadAsync(Incident incident, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (known.TryGetValue(incident.Id, out var kept) && kept.Until > now && IsSame(kept.Of, incident))
        {
            return kept.Digest;
        }

        var digest = await ReadAnewAsync(incident, cancellationToken);
        known[incident.Id] = (incident, digest, now + (incident.Status == IncidentStatus.Closed ? ClosedFor : OpenFor));
        return digest;
    }

    /// <summary>Somebody changed it here, and wants to see that.</summary>
    public void Forget(string incidentId) => known.TryRemove(incidentId, out _);

    private static bool IsSame(Incident one, Incident other)
        => (one.Status, one.LastEventAt, one.FiringCount, one.MemberCount) == (other.Status, other.LastEventAt, other.FiringCount, other.MemberCount);

    private async Task<IncidentDigest> ReadAnewAsync(Incident incident, CancellationToken cancellationToken)
    {
        var round = await documents.LatestRoundAsync(incident.Id, cancellationToken);
        var classification = await ReadAsync(DocumentKeys.Classification(incident.Id, round), ClassifyJson.Default.Classification, cancellationToken);
        var diagnosis = await documents.DiagnosisAsync(incident.Id, round, cancellationToken);
        var outcome = await ReadAsync(DocumentKeys.Outcome(incident.Id), LearnJson.Default.Outcome, cancellationToken);
        var first = diagnosis?.Hypotheses is [var top, ..] ? top : null;
        return new IncidentDigest(
            incident,
            classification is null ? 0 : round,
            classification?.Severity,
            classification?.Kind ?? IncidentKind.Unknown,
            first?.Statement,
            first?.Confidence ?? 0,
            [.. (diagnosis?.Hypotheses ?? []).Select(hypothesis => hypothesis.Component)],
            outcome);
    }

    private async Task<T?> ReadAsync<T>(string key, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
        => await documents.GetAsync(key, cancellationToken) is { } content ? JsonSerializer.Deserialize(content, type) : null;
}
