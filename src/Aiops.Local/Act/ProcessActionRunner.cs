using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using Aiops.Pipeline.Act;

namespace Aiops.Local.Act;

/// <summary>
/// Runs the listed programs of this machine: no shell, arguments one by one, an environment of the list's making, output cut,
/// killed with its children when its time is up.
/// </summary>
/// <remarks>
/// What runs is known to this process alone. After its death nobody can tell whether a program was started or how it ended:
/// then the answer is "unknown", and nothing is started again.
/// </remarks>
public sealed class ProcessActionRunner(TimeProvider time) : IActionRunner
{
    private const int LongestOutput = 64 * 1024; // Characters; the rest is read and dropped, so that nobody blocks on a full pipe.

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2); // For what is still in the pipes when it has ended.

    private readonly ConcurrentDictionary<string, Task<ActionRun>> runs = new(StringComparer.Ordinal);

    public bool Runs(AllowedAction action) => action.Command is not null;

    public async Task<DryRunResult> DryRunAsync(PreparedAction action, CancellationToken cancellationToken)
    {
        if (action.DryRunArguments is not { } arguments)
        {
            return new DryRunResult(true, $"It has no dry run. What would be run:\n{action.Line}");
        }

        if (Start(action.Action.Command!, arguments, out var because) is not { } process)
        {
            return new DryRunResult(false, because);
        }

        var run = await WatchAsync(process, action.Action.Command!, cancellationToken);
        return new DryRunResult(run.Outcome == RunOutcome.Succeeded, run.Output);
    }

    public Task<StartResult> StartAsync(PreparedAction action, string requestId, bool again, CancellationToken cancellationToken)
    {
        if (runs.ContainsKey(requestId))
        {
            return Task.FromResult<StartResult>(new StartResult.Started(requestId));
        }

        if (again)
        {
            return Task.FromResult<StartResult>(new StartResult.Unknown(
                "The process that was about to start it ended. Whether it started isn't known; it isn't started again."));
        }

        if (Start(action.Action.Command!, action.Arguments, out var because) is not { } process)
        {
            return Task.FromResult<StartResult>(new StartResult.NotStarted(because));
        }

        runs[requestId] = WatchAsync(process, action.Action.Command!, CancellationToken.None); // Its own time limit ends it.
        return Task.FromResult<StartResult>(new StartResult.Started(requestId));
    }

    public async Task<ActionRun?> StatusAsync(string handle, CancellationToken cancellationToken)
    {
        if (!runs.TryGetValue(handle, out var run))
        {
            return new ActionRun(RunOutcome.Unknown, "The process that watched it ended. How it ended isn't known.", time.GetUtcNow());
        }

        return run.IsCompleted ? await run : null;
    }

    private static Process? Start(AllowedCommand command, IReadOnlyList<string> arguments, out string because)
    {
        var start = new ProcessStartInfo(command.Executable, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        because = "";
        try
        {
            var process = Process.Start(start);
            process?.StandardInput.Close();
            return process;
        }
        catch (Exception e) when (e is Win32Exception or FileNotFoundException)
        {
            because = $"{command.Executable} can't be started: {e.Message}";
            return null;
        }
    }

    private async Task<ActionRun> WatchAsync(Process process, AllowedCommand command, CancellationToken cancellationToken)
    {
        using var _ = process;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(command.TimeoutSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var output = new CappedText(LongestOutput);
        Task[] readers = [output.ReadAsync(process.StandardOutput, either.Token), output.ReadAsync(process.StandardError, either.Token)];
        try
        {
            await process.WaitForExitAsync(either.Token);

            // A child that outlives it may hold the pipes: what it did is judged by its exit code, not by them.
            await Task.WhenAny(Task.WhenAll(readers), Task.Delay(LastWords, time, either.Token));
            await limit.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return new ActionRun(RunOutcome.Failed, $"{output}\nIt was killed after {command.TimeoutSeconds} s.", time.GetUtcNow());
        }

        return process.ExitCode == 0
            ? new ActionRun(RunOutcome.Succeeded, output.ToString(), time.GetUtcNow())
            : new ActionRun(RunOutcome.Failed, $"{output}\nIt ended with exit code {process.ExitCode}.", time.GetUtcNow());
    }
}
