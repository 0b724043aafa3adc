using System.Text.Json;
using Aiops.StateMachine.Intrinsics;
using Aiops.StateMachine.Paths;

namespace Aiops.StateMachine.Definition;

/// <summary>The states of a machine, a Parallel's branch or a Map's processor: a scope of names and variables.</summary>
internal sealed record StateFlow(string StartAt, IReadOnlyDictionary<string, State> States)
{
    public IEnumerable<State> AllStates()
        => States.Values.SelectMany(state => state.Flows.SelectMany(flow => flow.AllStates()).Prepend(state));
}

/// <summary>A state, with the fields that several types share; those that a type doesn't allow hold their defaults.</summary>
internal abstract record State(string Name)
{
    public abstract string Type { get; }

    /// <summary>Null ends the flow.</summary>
    public string? Next { get; init; }

    /// <summary>Null stands for a path of JSON null: an empty object instead of the input.</summary>
    public JsonPath? InputPath { get; init; } = JsonPath.Whole;

    public PayloadTemplate? Parameters { get; init; }

    public PayloadTemplate? ResultSelector { get; init; }

    /// <summary>Null discards the result.</summary>
    public JsonPath? ResultPath { get; init; } = JsonPath.Whole;

    /// <summary>Null stands for a path of JSON null: an empty object instead of the output.</summary>
    public JsonPath? OutputPath { get; init; } = JsonPath.Whole;

    public PayloadTemplate? Assign { get; init; }

    public IReadOnlyList<Retrier> Retriers { get; init; } = [];

    public IReadOnlyList<Catcher> Catchers { get; init; } = [];

    /// <summary>The flows inside this state.</summary>
    public virtual IReadOnlyList<StateFlow> Flows => [];
}

internal sealed record PassState(string Name) : State(Name)
{
    public override string Type => "Pass";

    public JsonElement? Result { get; init; }
}

internal sealed record TaskState(string Name) : State(Name)
{
    public override string Type => "Task";

    public required TaskResource Resource { get; init; }

    /// <summary>The FunctionName in Parameters, where it is written out.</summary>
    public string? LiteralFunctionName { get; init; }

    public Quantity? Timeout { get; init; }

    public Quantity? Heartbeat { get; init; }
}

internal sealed record ChoiceState(string Name) : State(Name)
{
    public override string Type => "Choice";

    public required IReadOnlyList<ChoiceBranch> Choices { get; init; }

    public string? Default { get; init; }
}

internal sealed record WaitState(string Name) : State(Name)
{
    public override string Type => "Wait";

    public Quantity? Duration { get; init; }

    public DateTimeOffset? Until { get; init; }

    public JsonPath? UntilPath { get; init; }
}

internal sealed record SucceedState(string Name) : State(Name)
{
    public override string Type => "Succeed";
}

internal sealed record FailState(string Name) : State(Name)
{
    public override string Type => "Fail";

    /// <summary>A literal, a path or an intrinsic.</summary>
    public Expression? Error { get; init; }

    public Expression? Cause { get; init; }
}

internal sealed record ParallelState(string Name) : State(Name)
{
    public override string Type => "Parallel";

    public required IReadOnlyList<StateFlow> Branches { get; init; }

    public override IReadOnlyList<StateFlow> Flows => Branches;
}

internal sealed record MapState(string Name) : State(Name)
{
    public override string Type => "Map";

    public required StateFlow Processor { get; init; }

    public JsonPath ItemsPath { get; init; } = JsonPath.Whole;

    public PayloadTemplate? ItemSelector { get; init; }

    /// <summary>Zero sets no limit.</summary>
    public Quantity? MaxConcurrency { get; init; }

    public override IReadOnlyList<StateFlow> Flows => [Processor];
}

/// <summary>A whole number, written out or found by a path: seconds, or a count.</summary>
internal sealed record Quantity(long? Value, JsonPath? Path);

internal sealed record Retrier(
    IReadOnlyList<string> ErrorEquals, long IntervalSeconds, long MaxAttempts, double BackoffRate,
    long? MaxDelaySeconds, bool FullJitter);

internal sealed record Catcher(IReadOnlyList<string> ErrorEquals, string Next, JsonPath? ResultPath, PayloadTemplate? Assign);

internal sealed record ChoiceBranch(ChoiceRule Rule, string Next, PayloadTemplate? Assign);
