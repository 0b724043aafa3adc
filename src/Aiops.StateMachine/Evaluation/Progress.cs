using System.Text.Json;

namespace Aiops.StateMachine.Evaluation;

/// <summary>Why a state failed.</summary>
/// <param name="Alias">
/// A second name by which Retry and Catch may match it: a missed heartbeat is a States.Timeout that also
/// goes by States.HeartbeatTimeout,
/// and what comes out of a branch goes by States.BranchFailed.
/// </param>
internal sealed record Failure(string? Error, string? Cause, string? Alias = null);

/// <summary>How far a strand got.</summary>
internal abstract record Progress
{
    private Progress() { }

    public sealed record Running(Strand Strand) : Progress;

    public sealed record Finished(JsonElement Output) : Progress;

    public sealed record Failed(Failure Failure) : Progress;
}

/// <summary>What a single state leads to.</summary>
internal abstract record Move
{
    private Move() { }

    /// <summary>The state waits for something.</summary>
    public sealed record Stay(Strand Strand) : Move;

    /// <summary>The state is done; no next state ends the strand.</summary>
    public sealed record Leave(Strand Strand, string? Next, JsonElement Output) : Move;

    public sealed record Fail(Strand Strand, Failure Failure) : Move;
}
