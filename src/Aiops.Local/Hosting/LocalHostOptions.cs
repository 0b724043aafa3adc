using Aiops.Local.Recordings;
using Aiops.Local.Storage;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Reason.Models;
using Microsoft.Extensions.Logging;

namespace Aiops.Local.Hosting;

/// <summary>How the embedded host is set up; checked when it opens.</summary>
public sealed record LocalHostOptions
{
    /// <summary>The folder that keeps everything: <c>aiops.db</c> and <c>documents/</c>.</summary>
    public required string StateFolder { get; init; }

    /// <summary>Where telemetry comes from; null where there is none, and each report says so.</summary>
    public Recording? Telemetry { get; init; }

    /// <summary>Whether the recording's own windows hold for every incident: a replay, not a live alarm beside a recording.</summary>
    public bool ReplaysRecording { get; init; }

    /// <summary>A JSON file of maintenance windows; null for none.</summary>
    public string? MaintenanceFile { get; init; }

    /// <summary>A JSON file of actions that may be run once approved (docs/actions.md); null: none, and nothing is ever run.</summary>
    public string? ActionsFile { get; init; }

    /// <summary>A folder of playbooks besides those that ship; one of the same id replaces the shipped one.</summary>
    public string? PlaybookFolder { get; init; }

    /// <summary>Makes the ticket system and chats that the host is connected to, over its ledger; null for none.</summary>
    public Func<ITicketLedger, ILoggerFactory, ForeignTickets>? Foreign { get; init; }

    /// <summary>The model that explains (docs/model.md); null for none, which is the default.</summary>
    public ModelAccess? Model { get; init; }

    /// <summary>How long an incident settles before it is analysed, counted from its first event: most faults show within a minute.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a changing incident is analysed anew at most.</summary>
    public int MaxRounds { get; init; } = 3;

    /// <summary>What a commit survives. A replay, which can be repeated at will, need not survive a power cut.</summary>
    public Durability Durability { get; init; } = Durability.PowerLoss;
}
