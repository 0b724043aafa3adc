using Aiops.Pipeline;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.Intake;

namespace Aiops.Scenarios.Running;

/// <summary>
/// A host as a scenario sees it: events go in, time passes, people say something, and what the incidents came to is read back.
/// A scenario is told once against this and runs on every host.
/// </summary>
public interface IPipelineRunner : IAsyncDisposable
{
    DateTimeOffset Now { get; }

    /// <summary>Brings an event to the host's door, as its sender would, and works on it until only time and people are waited for.</summary>
    Task SendAsync(ReadOnlyMemory<byte> body);

    /// <summary>Lets time pass, doing at its hour what is due.</summary>
    Task AdvanceAsync(DateTimeOffset until);

    Task ReviewAsync(Outcome outcome);

    /// <summary>Every incident, oldest first.</summary>
    Task<IReadOnlyList<ToldIncident>> IncidentsAsync();
}

/// <summary>What one incident came to.</summary>
/// <param name="Comment">As it stands in the ticket; null where there is none.</param>
/// <param name="CommentVersion">How often it was written.</param>
/// <param name="Report">The report's HTML; null where there is none.</param>
/// <param name="Diagnosis">Of the newest round; null before there is one.</param>
/// <param name="Outcome">What was recorded of the review; null before it.</param>
public sealed record ToldIncident(
    Incident Incident,
    IReadOnlyList<IncidentMember> Members,
    IReadOnlyList<TriggerDecision> Decisions,
    string? TicketState,
    string? Comment,
    int CommentVersion,
    string? Report,
    Diagnosis? Diagnosis,
    Outcome? Outcome);
