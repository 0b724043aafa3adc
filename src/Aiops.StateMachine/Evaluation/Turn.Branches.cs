using System.Text.Json;
using Aiops.StateMachine.Definition;

namespace Aiops.StateMachine.Evaluation;

// Parallel and Map: strands inside a strand.
internal sealed partial class Turn
{
    private Move Fork(State state, Scope scope, int count, long maxConcurrency)
    {
        var shared = state is ParallelState ? DataFlow.Effective(state, scope) : default;
        if (state is ParallelState)
        {
            DataFlow.Limit(shared, state.Name);
        }

        Record($"{state.Type}StateStarted", state.Name, index: count);
        var branches = Enumerable.Repeat(new Branch(BranchStatus.Waiting), count).ToArray();
        return Pump(state, scope, branches, maxConcurrency, shared);
    }

    /// <summary>Starts as many waiting branches as may run, and joins when all have succeeded.</summary>
    /// <param name="shared">The input of every branch of a Parallel, which starts them all at once.</param>
    private Move Pump(State state, Scope scope, Branch[] branches, long maxConcurrency, JsonElement shared = default)
    {
        while (Array.FindIndex(branches, branch => branch.Status == BranchStatus.Waiting) is >= 0 and var next
            && (maxConcurrency == 0 || branches.Count(branch => branch.Status == BranchStatus.Running) < maxConcurrency))
        {
            Progress progress;
            try
            {
                progress = Begin(state, scope, next, shared);
            }
            catch (StateFailedException)
            {
                Cancel(branches);
                throw;
            }

            if (Note(state, scope, branches, next, progress) is { } failed)
            {
                return failed;
            }
        }

        if (!Array.TrueForAll(branches, branch => branch.Status == BranchStatus.Succeeded))
        {
            return new Move.Stay(scope.Strand with { Pending = new PendingBranches(branches, maxConcurrency) });
        }

        Record($"{state.Type}StateSucceeded", state.Name);
        var result = Json.Array(branches.Select(branch => branch.Output!.Value));
        return Guard(scope.With(scope.Strand with { Pending = null }), at => DataFlow.Leave(state, at, result));
    }

    private Progress Begin(State state, Scope scope, int index, JsonElement input)
    {
        var flow = FlowOf(state, index);
        MapItem? item = null;
        if (state is MapState map)
        {
            item = new MapItem(index, Items(map, scope)[index]);
            input = map.ItemSelector is { } selector ? selector.Evaluate(scope.Data(DataFlow.Filtered(map, scope), item: item))
                : item.Value;
            DataFlow.Limit(input, state.Name);
            Record("MapIterationStarted", state.Name, index: index);
        }

        var strand = Enter(flow, flow.StartAt, input, new Strand
        {
            StateName = "",
            Input = input,
            EnteredAt = now,
            EnteredEventId = 0,
            Item = item,
        });
        return Proceed(strand, flow, scope);
    }

    /// <returns>The failure of the whole state, when this branch failed; the others are cancelled then.</returns>
    private Move.Fail? Note(State state, Scope scope, Branch[] branches, int index, Progress progress)
    {
        switch (progress)
        {
            case Progress.Running { Strand: var strand }:
                branches[index] = new Branch(BranchStatus.Running, strand);
                return null;
            case Progress.Finished { Output: var output }:
                branches[index] = new Branch(BranchStatus.Succeeded) { Output = output };
                if (state is MapState)
                {
                    Record("MapIterationSucceeded", state.Name, index: index);
                }

                return null;
            case Progress.Failed { Failure: var failure }:
                branches[index] = new Branch(BranchStatus.Waiting);
                Cancel(branches);
                if (state is MapState)
                {
                    Record("MapIterationFailed", state.Name, index: index);
                }

                Record($"{state.Type}StateFailed", state.Name, error: failure.Error, cause: failure.Cause);
                return new Move.Fail(scope.Strand with { Pending = null }, failure with { Alias = ErrorNames.BranchFailed });
            default:
                throw new InvalidOperationException("Unknown kind of progress.");
        }
    }

    private static StateFlow FlowOf(State state, int index)
        => state is ParallelState parallel ? parallel.Branches[index] : ((MapState)state).Processor;
}
