using Aiops.Pipeline.Reason.Models;
using Microsoft.Extensions.AI;

namespace Aiops.Ask.Tests.Shop;

/// <summary>A model that says what a script tells it, and remembers what it was sent.</summary>
public sealed class ScriptedClient(Func<IReadOnlyList<ChatMessage>, int, string> script) : IChatClient
{
    /// <summary>A dollar a million tokens each way.</summary>
    public static ModelSettings Settings { get; } = new()
    {
        Where = "test",
        Provider = ModelProvider.OpenAiCompatible,
        Model = "scripted",
        Price = new ModelPrice(1, 1),
        Names = ["Ana Example"],
    };

    public List<IReadOnlyList<ChatMessage>> Sent { get; } = [];

    public static ScriptedClient Says(params string[] answers) => new((_, call) => answers[Math.Min(call, answers.Length - 1)]);

    /// <summary>The JSON that carries a statement.</summary>
    public static string Statement(string sql, string title = "A table") => System.Text.Json.JsonSerializer.Serialize(new { sql, title });

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> sent = [.. messages];
        Sent.Add(sent);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, script(sent, Sent.Count - 1))) { Usage = new UsageDetails { InputTokenCount = 1_000, OutputTokenCount = 50 } });
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
