using Aiops.Pipeline;
using Aiops.Pipeline.Act;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Queue;
using Aiops.Pipeline.Review;

namespace Aiops.Console;

/// <summary>What the console reads from, and the two things it does: hand on reviews, and what people say to actions.</summary>
public sealed record ConsolePorts
{
    public required IIncidentStore Incidents { get; init; }

    public required IDocumentStore Documents { get; init; }

    public required IIncidentReports Reports { get; init; }

    public required ITriggerQueue Queue { get; init; }

    public required LateReview Reviews { get; init; }

    /// <summary>Off where there is no allow-list.</summary>
    public required ActionDesk Actions { get; init; }

    public required IConsoleKnowledge Knowledge { get; init; }

    public required IConsoleQuestions Questions { get; init; }

    public required TimeProvider Time { get; init; }
}
