using Aiops.Pipeline.Reason.Models;

namespace Aiops.Local.Models;

/// <summary>Which OpenAI-compatible server to ask, as whom, and how patiently.</summary>
public sealed record OpenAiOptions
{
    public static Uri OpenAi { get; } = new("https://api.openai.com/v1");

    /// <summary>As the server calls it (<c>llama3.1:8b</c>).</summary>
    public required string Model { get; init; }

    /// <summary>What <c>/chat/completions</c> is put after.</summary>
    public Uri Endpoint { get; init; } = OpenAi;

    /// <summary>Read for each request, for keys are renewed; null sends none. What it throws but cancellation is a <see cref="ModelFailure.Refused"/>.</summary>
    public Func<CancellationToken, ValueTask<string>>? ApiKey { get; init; }

    /// <summary>For one call, its answer included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(75);

    public int MostBytes { get; init; } = BoundedAnswers.MostBytes;

    public required TimeProvider Time { get; init; }

    /// <summary>Scheme, host and port: for messages.</summary>
    internal string Where => $"{Endpoint.Scheme}://{Endpoint.Authority}";

    /// <summary>
    /// OpenAI's newer models refuse <c>max_tokens</c>, and servers that only speak its format know no other: Azure's and its
    /// own hosts get the new name.
    /// </summary>
    internal bool TakesCompletionTokens => Endpoint.Host == "api.openai.com" || Endpoint.Host.EndsWith(".openai.azure.com", StringComparison.Ordinal);
}
