using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aiops.StateMachine.Evaluation;

public enum ExecutionStatus
{
    Running,
    Succeeded,
    Failed,
    TimedOut,
    Aborted,
}

/// <summary>All that an execution is between two events: an immutable value, the same after a trip through JSON.</summary>
public sealed record ExecutionState
{
    public required ExecutionInput Execution { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public ExecutionStatus Status { get; init; }

    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>Set when <see cref="Status"/> is Succeeded.</summary>
    [JsonConverter(typeof(PresentJsonConverter))]
    public JsonElement? Output { get; init; }

    public string? Error { get; init; }

    public string? Cause { get; init; }

    /// <summary>The last number used for a task or a timer.</summary>
    public long LastId { get; init; }

    /// <summary>The last number used in the history.</summary>
    public long LastEventId { get; init; }

    /// <summary>Ends the execution when the machine has a TimeoutSeconds.</summary>
    public PendingTimer? Deadline { get; init; }

    /// <summary>Null once the execution is over.</summary>
    public Strand? Root { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, ExecutionStateJson.Default.ExecutionState);

    /// <exception cref="JsonException">The text isn't what <see cref="ToJson"/> wrote.</exception>
    public static ExecutionState FromJson(string json)
        => JsonSerializer.Deserialize(json, ExecutionStateJson.Default.ExecutionState)
            ?? throw new JsonException("The state is null.");
}

/// <summary>A thread of states one after another: the execution's own, a branch's, or an iteration's.</summary>
public sealed record Strand
{
    public required string StateName { get; init; }

    /// <summary>The state's raw input.</summary>
    public required JsonElement Input { get; init; }

    public required DateTimeOffset EnteredAt { get; init; }

    /// <summary>The number of the event in the history that says it was entered.</summary>
    public required long EnteredEventId { get; init; }

    /// <summary>How often the state was tried again, by all its retriers.</summary>
    public int RetryCount { get; init; }

    /// <summary>How often each retrier of the state was used, in their order; empty before the first.</summary>
    public IReadOnlyList<int> RetriesUsed { get; init; } = [];

    /// <summary>The variables of this scope; those of outer scopes are with the outer strands.</summary>
    public IReadOnlyDictionary<string, JsonElement> Variables { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>In an iteration of a Map: which.</summary>
    public MapItem? Item { get; init; }

    /// <summary>What the state waits for.</summary>
    public Pending? Pending { get; init; }
}

public sealed record MapItem(int Index, JsonElement Value);

public sealed record PendingTimer(string TimerId, DateTimeOffset DueAt);

/// <summary>What a state can wait for.</summary>
[JsonDerivedType(typeof(PendingTask), "task")]
[JsonDerivedType(typeof(PendingWait), "wait")]
[JsonDerivedType(typeof(PendingRetry), "retry")]
[JsonDerivedType(typeof(PendingBranches), "branches")]
public abstract record Pending
{
    private protected Pending() { }
}

/// <param name="Taken">The call of a task with a token was answered: it need not be made again.</param>
/// <param name="HeartbeatSeconds">The interval that each heartbeat starts again.</param>
public sealed record PendingTask(
    InvokeTask Task, bool Taken, PendingTimer? Timeout, PendingTimer? Heartbeat, long? HeartbeatSeconds) : Pending;

public sealed record PendingWait(PendingTimer Timer) : Pending;

public sealed record PendingRetry(PendingTimer Timer) : Pending;

/// <summary>The branches of a Parallel or the iterations of a Map.</summary>
/// <param name="MaxConcurrency">Zero sets no limit.</param>
public sealed record PendingBranches(IReadOnlyList<Branch> Branches, long MaxConcurrency) : Pending;

public enum BranchStatus
{
    Waiting,
    Running,
    Succeeded,
}

public sealed record Branch(BranchStatus Status, Strand? Strand = null)
{
    [JsonConverter(typeof(PresentJsonConverter))]
    public JsonElement? Output { get; init; }
}

/// <summary>Tells a JSON null that is there from a value that is not, which <c>JsonElement?</c> by itself can't.</summary>
internal sealed class PresentJsonConverter : JsonConverter<JsonElement?>
{
    public override bool HandleNull => true;

    public override JsonElement? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => JsonElement.ParseValue(ref reader);

    public override void Write(Utf8JsonWriter writer, JsonElement? value, JsonSerializerOptions options)
    {
        if (value is { } present)
        {
            present.WriteTo(writer);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    MaxDepth = 1024)]
[JsonSerializable(typeof(ExecutionState))]
internal sealed partial class ExecutionStateJson : JsonSerializerContext;
