using System.Text.Json;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Masking;
using Aiops.Pipeline.Reason;

namespace Aiops.Pipeline.Learn;

/// <summary>Makes a case of a reviewed incident: what it was, by what later ones are compared with it, and who said so.</summary>
/// <param name="ticketOf">The address or id of an incident's ticket, where the host keeps it; null where it doesn't.</param>
public sealed class CaseMaker(IDocumentStore documents, IIncidents incidents, Func<string, CancellationToken, Task<string?>>? ticketOf = null)
{
    /// <param name="round">The analysis that was reviewed.</param>
    public async Task<PastCase> MakeAsync(Incident incident, Outcome outcome, int round, CancellationToken cancellationToken)
    {
        var classification = await documents.GetAsync(DocumentKeys.Classification(incident.Id, round), cancellationToken) is { } classified
            ? JsonSerializer.Deserialize(classified, ClassifyJson.Default.Classification)
            : null;
        var diagnosis = await documents.DiagnosisAsync(incident.Id, round, cancellationToken);
        var context = await new ContextDocuments(documents).ReadAsync(
            incident.Id, round, AnalysisWindows.For(incident, incident.LastEventAt), cancellationToken);
        var members = await incidents.MembersAsync(incident.Id, cancellationToken);
        var ticket = ticketOf is null ? null : await ticketOf(incident.Id, cancellationToken);
        return Make(incident, members, classification, context, diagnosis, outcome, round) with { Ticket = ticket };
    }

    /// <summary>The same from what is at hand. Pure.</summary>
    public static PastCase Make(
        Incident incident, IReadOnlyList<Trigger> members, Classification? classification, IncidentContext context, Diagnosis? diagnosis, Outcome outcome, int round)
    {
        var named = diagnosis?.Hypotheses is [var first, ..] ? first.Component : null;
        var fingerprint = Fingerprints.Whole(incident, members, classification?.Kind ?? IncidentKind.Unknown, context, diagnosis?.Signatures ?? []);

        // Masked for good: what is remembered is exported, compared and shown for years.
        var cause = outcome.Cause is null ? null : SecretMask.Mask(outcome.Cause);
        return new PastCase(
            incident.Id, SecretMask.Mask(incident.Title), incident.OpenedAt, fingerprint, cause, ComponentOf(outcome, named), outcome.Helped)
        {
            Verdict = outcome.Verdict,
            Named = named,
            Reviewer = outcome.Reviewer,
            ReviewedAt = outcome.At,
            Round = round,
            Severity = outcome.Severity ?? classification?.Severity,
            TimeToMitigate = outcome.TimeToMitigate,
        };
    }

    private static string? ComponentOf(Outcome outcome, string? named) => outcome.Verdict switch
    {
        Verdict.Confirmed => outcome.Component ?? named, // Who confirms needn't repeat what is confirmed.
        Verdict.Rejected => null,
        _ => outcome.Component,
    };
}
