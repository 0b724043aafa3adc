using System.Text.Json;

namespace Aiops.Aws.Wire.BedrockRuntime;

/// <summary>One turn with a model, whole and not streamed.</summary>
public sealed record ConverseRequest : IWireRequest<ConverseResponse>
{
    /// <summary>A model, an inference profile or their ARN.</summary>
    public required string ModelId { get; init; }

    public required IReadOnlyList<ConverseMessage> Messages { get; init; }

    public IReadOnlyList<SystemBlock>? System { get; init; }

    public InferenceConfig? InferenceConfig { get; init; }

    public ToolConfig? ToolConfig { get; init; }

    public GuardrailConfig? GuardrailConfig { get; init; }

    WireOperation<ConverseResponse> IWireRequest<ConverseResponse>.Operation => Call;

    private static readonly WireOperation<ConverseResponse> Call
        = ConverseWire.Service.Call(
            "Converse",
            ConverseJson.Default.ConverseRequest,
            ConverseJson.Default.ConverseResponse,
            new RestBinding("POST", "/model/{modelId}/converse") { InPath = ["modelId"] });
}

public sealed record ConverseResponse
{
    public required ConverseOutput Output { get; init; }

    /// <summary>end_turn, tool_use, max_tokens, guardrail_intervened, …</summary>
    public required string StopReason { get; init; }

    public TokenUsage? Usage { get; init; }

    public ConverseMetrics? Metrics { get; init; }
}

public sealed record ConverseMessage
{
    /// <summary><c>user</c> or <c>assistant</c>.</summary>
    public required string Role { get; init; }

    public required IReadOnlyList<ContentBlock> Content { get; init; }
}

/// <summary>One of these; a block of another kind (a thought, a citation) is read as one with none.</summary>
public sealed record ContentBlock
{
    public string? Text { get; init; }

    public ToolUseBlock? ToolUse { get; init; }

    public ToolResultBlock? ToolResult { get; init; }
}

/// <summary>The model calls a tool.</summary>
public sealed record ToolUseBlock
{
    public required string ToolUseId { get; init; }

    public required string Name { get; init; }

    /// <summary>An object of arguments.</summary>
    public required JsonElement Input { get; init; }
}

public sealed record ToolResultBlock
{
    public required string ToolUseId { get; init; }

    public required IReadOnlyList<ToolResultPart> Content { get; init; }
}

public sealed record ToolResultPart
{
    public string? Text { get; init; }
}

/// <summary>The tools there are. A conversation in which any was called needs it to the end.</summary>
public sealed record ToolConfig
{
    public required IReadOnlyList<ToolBlock> Tools { get; init; }

    /// <summary>Null leaves it to the model.</summary>
    public ToolChoice? ToolChoice { get; init; }
}

public sealed record ToolBlock
{
    public ToolSpecification? ToolSpec { get; init; }
}

public sealed record ToolSpecification
{
    public required string Name { get; init; }

    /// <summary>Null for none: an empty one is refused.</summary>
    public string? Description { get; init; }

    public required ToolInputSchema InputSchema { get; init; }
}

public sealed record ToolInputSchema
{
    public JsonElement? Json { get; init; }
}

/// <summary>One of these.</summary>
public sealed record ToolChoice
{
    public AnyTool? Any { get; init; }

    public NamedTool? Tool { get; init; }
}

public sealed record AnyTool;

public sealed record NamedTool
{
    public required string Name { get; init; }
}

public sealed record SystemBlock
{
    public string? Text { get; init; }
}

public sealed record InferenceConfig
{
    public int? MaxTokens { get; init; }

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public IReadOnlyList<string>? StopSequences { get; init; }
}

public sealed record GuardrailConfig
{
    public string? GuardrailIdentifier { get; init; }

    public string? GuardrailVersion { get; init; }
}

public sealed record ConverseOutput
{
    public ConverseMessage? Message { get; init; }
}

public sealed record TokenUsage
{
    public int? InputTokens { get; init; }

    public int? OutputTokens { get; init; }

    public int? TotalTokens { get; init; }
}

public sealed record ConverseMetrics
{
    public long? LatencyMs { get; init; }
}
