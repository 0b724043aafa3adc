namespace Aiops.Aws.Bedrock;

/// <summary>Which model of Bedrock to ask, and how patiently.</summary>
public sealed record BedrockOptions
{
    /// <summary>The Region's own (<c>anthropic.claude-sonnet-4-20250514-v1:0</c>).</summary>
    public required string Model { get; init; }

    /// <summary>Called in the model's place; a cross-Region one lets other Regions answer.</summary>
    public string? InferenceProfile { get; init; }

    /// <summary>For one call, its answer included. The signed client's own for Bedrock, a minute and a quarter, may end it before.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(75);

    internal string Called => InferenceProfile ?? Model;
}
