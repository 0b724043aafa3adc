namespace Aiops.Pipeline.Act;

/// <summary>Requests and their log, always written together: there is no change without its line, and no line is ever rewritten.</summary>
public interface IActionStore
{
    Task<ActionRequest?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Newest first; of all incidents where none is named.</summary>
    Task<IReadOnlyList<ActionRequest>> ListAsync(string? incidentId, CancellationToken cancellationToken);

    /// <summary>Writes the request if it still stands at the version before, with its line at the log's end.</summary>
    Task<ActionSave> SaveAsync(ActionRequest next, ActionLine line, CancellationToken cancellationToken);

    /// <summary>The whole log, in order.</summary>
    Task<IReadOnlyList<ActionLogEntry>> LogAsync(CancellationToken cancellationToken);
}

public enum ActionSave
{
    Done,

    /// <summary>Somebody else changed it meanwhile: read it again.</summary>
    Stale,

    /// <summary>Another action of the incident is under way.</summary>
    Busy,
}

/// <summary>Who did what, when and from where.</summary>
/// <param name="Digest">Of what it was about, where there is one.</param>
public sealed record ActionLine(DateTimeOffset At, string Who, string Place, string What, string? Digest = null);
