using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Learn.Retrieval;
using Aiops.Pipeline.Review;
using ModelContextProtocol.Server;

namespace Aiops.Mcp;

/// <summary>What the tools read from, and the one thing they do: hand on reviews.</summary>
public sealed record McpPorts
{
    public required IIncidentStore Incidents { get; init; }

    public required IDocumentStore Documents { get; init; }

    public required IIncidentReports Reports { get; init; }

    public required KnowledgeIndexes Knowledge { get; init; }

    /// <summary>The scope of what is known here.</summary>
    public required string KnowledgeScope { get; init; }

    /// <summary>Where a person's review goes; null where the host can't take one, and then the tool isn't there.</summary>
    public LateReview? Reviews { get; init; }

    /// <summary>Recordings that may be replayed; null where no folder of them was named.</summary>
    public IReplays? Replays { get; init; }

    /// <summary>Null where questions in plain words can't be asked.</summary>
    public IQuestions? Questions { get; init; }

    /// <summary>Tools of other parts, offered beside these.</summary>
    public IReadOnlyList<McpServerTool> More { get; init; } = [];

    public required TimeProvider Time { get; init; }
}
