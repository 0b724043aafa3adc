using Microsoft.Extensions.AI;

namespace Aiops.Pipeline.Reason.Models;

/// <summary>Which model explains, at what price, and within which caps, as one JSON file says (docs/model.md).</summary>
public sealed record ModelSettings
{
    /// <summary>The file, or what else it came from: for messages.</summary>
    public required string Where { get; init; }

    public required ModelProvider Provider { get; init; }

    /// <summary>The model's id with its provider (<c>anthropic.claude-sonnet-4-20250514-v1:0</c>, <c>llama3.1:8b</c>).</summary>
    public required string Model { get; init; }

    /// <summary>Where an OpenAI-compatible server is (<c>http://127.0.0.1:11434/v1</c>); for Bedrock only where it isn't AWS's own.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>What names the API key: <c>env:NAME</c>, <c>file:PATH</c>, <c>secret:NAME</c>; null for none. Never the key itself.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Bedrock's Region; null for the environment's.</summary>
    public string? Region { get; init; }

    /// <summary>A Bedrock inference profile. A cross-Region one sends data to other Regions, so it is used only when named here.</summary>
    public string? InferenceProfile { get; init; }

    /// <summary>In which language the model writes.</summary>
    public ModelLanguage Language { get; init; } = ModelLanguage.English;

    public ModelPrice Price { get; init; } = new(0, 0);

    public ModelLimits Limits { get; init; } = new();

    /// <summary>Whether addresses, account ids, tokens and names are replaced reversibly before anything is sent. Secrets are masked regardless.</summary>
    public bool MaskReversibly { get; init; } = true;

    /// <summary>Names (of people, customers, projects) that no model may see.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];
}

public enum ModelProvider
{
    Bedrock,
    OpenAiCompatible,
}

/// <summary>A language that ships.</summary>
public enum ModelLanguage
{
    English,
    Korean,
}

/// <summary>US dollars for a million tokens, which is micro-dollars a token.</summary>
public sealed record ModelPrice(decimal Input, decimal Output)
{
    public ModelSpend Of(long inputTokens, long outputTokens)
        => new(1, inputTokens + outputTokens, (long)Math.Ceiling((inputTokens * Input) + (outputTokens * Output)));
}

/// <summary>How much reasoning is let have.</summary>
public sealed record ModelLimits
{
    /// <summary>Calls for one analysis: each may ask for tools once.</summary>
    public int Steps { get; set; } = 6;

    /// <summary>The longest answer to one call, in tokens.</summary>
    public int OutputTokens { get; set; } = 4_000;

    /// <summary>For one analysis; the state's own timeout is above it.</summary>
    public TimeSpan WallTime { get; set; } = TimeSpan.FromSeconds(75);

    /// <summary>For one incident in all its rounds.</summary>
    public ModelSpend PerIncident { get; set; } = new(18, 300_000, 500_000, TimeSpan.FromSeconds(300));

    /// <summary>For all together, questions included, in a day of UTC.</summary>
    public ModelSpend PerDay { get; set; } = new(2_000, 10_000_000, 20_000_000, TimeSpan.FromHours(6));

    /// <summary>What of <see cref="PerDay"/> questions may take: the rest is left to incidents. A quarter where nothing is said, and time for one.</summary>
    public ModelSpend QuestionsPerDay { get => questionsPerDay ?? Quarter; set => questionsPerDay = value; }

    private ModelSpend Quarter => PerDay.Quarter() is var quarter && quarter.Time < MeteredModel.LeastTime ? quarter with { Time = MeteredModel.LeastTime } : quarter;

    private ModelSpend? questionsPerDay;
}

/// <summary>A model that may be asked: the client, and what was said about it. A host without one has none of this.</summary>
/// <param name="Client">
/// Throws <see cref="ModelException"/> and <see cref="OperationCanceledException"/> alone, retries nothing, and follows a
/// request's tools (declarations), output limit and response format.
/// </param>
public sealed record ModelAccess(IChatClient Client, ModelSettings Settings)
{
    /// <summary>By what it is waited for and its days are counted: the wall's clock, also where a replay runs by event time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
