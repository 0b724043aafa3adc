namespace Aiops.Pipeline.Act;

/// <summary>Runs what was prepared. Output comes masked and cut; nothing here knows of approvals.</summary>
public interface IActionRunner
{
    /// <summary>Whether it can run this kind (a document, a command).</summary>
    bool Runs(AllowedAction action);

    /// <summary>Makes the dry run, which changes nothing: that is what the allow-list vouches for.</summary>
    Task<DryRunResult> DryRunAsync(PreparedAction action, CancellationToken cancellationToken);

    /// <summary>Starts it under the request's id and returns without waiting for its end.</summary>
    /// <param name="again">An earlier attempt under this id may have started it. Whoever can't tell answers <see cref="StartResult.Unknown"/> and starts nothing.</param>
    Task<StartResult> StartAsync(PreparedAction action, string requestId, bool again, CancellationToken cancellationToken);

    /// <returns>Null while it runs.</returns>
    Task<ActionRun?> StatusAsync(string handle, CancellationToken cancellationToken);
}

/// <param name="Succeeded">One that failed can't be approved.</param>
public sealed record DryRunResult(bool Succeeded, string Output);

public abstract record StartResult
{
    private StartResult() { }

    public sealed record Started(string Handle) : StartResult;

    public sealed record NotStarted(string Because) : StartResult;

    public sealed record Unknown(string Because) : StartResult;
}
