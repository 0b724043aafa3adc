using System.Text.Json;

namespace Aiops.StateMachine.Evaluation;

/// <summary>Why a state failed.</summary>
/// <param name="FromBranch">The error came out of a branch or an iteration.</param>
internal sealed record Failure(string? Error, string? Cause, bool FromBranch = false);

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
