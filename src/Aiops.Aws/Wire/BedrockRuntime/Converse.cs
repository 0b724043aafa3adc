namespace Aiops.Aws.Wire.BedrockRuntime;

/// <summary>One turn with a model, whole and not streamed.</summary>
public sealed record ConverseRequest : IWireRequest<ConverseResponse>
{
    /// <summary>A model, an inference profile or their ARN.</summary>
    public required string ModelId { get; init; }

    public required IReadOnlyList<ConverseMessage> Messages { get; init; }

    public IReadOnlyList<SystemBlock>? System { get; init; }

    public InferenceConfig? InferenceConfig { get; init; }

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

    /// <summary>end_turn, max_tokens, guardrail_intervened, …</summary>
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

/// <summary>A block of text; others have none here.</summary>
public sealed record ContentBlock
{
    public string? Text { get; init; }
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
