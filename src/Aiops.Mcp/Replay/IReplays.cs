using Aiops.Pipeline.Comment;

namespace Aiops.Mcp;

/// <summary>Recordings below one folder, and the pipeline to run on them.</summary>
public interface IReplays
{
    /// <summary>Names by which they are replayed, in ordinal order.</summary>
    IReadOnlyList<string> List();

    /// <summary>In a state folder of its own that is gone afterwards. One at a time.</summary>
    /// <param name="name">As <see cref="List"/> has it: what isn't there is refused, wherever it leads.</param>
    /// <exception cref="ToolRefusedException">There is no such recording, it can't be read, or another replay is under way.</exception>
    Task<Replayed> RunAsync(string name, CancellationToken cancellationToken);
}

/// <summary>What a replay came to.</summary>
public sealed record Replayed(string Recording, bool Simulated, int Events, IReadOnlyList<IncidentReport> Reports);
