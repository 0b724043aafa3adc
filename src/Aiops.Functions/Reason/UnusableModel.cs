using Aiops.Pipeline.Reason.Models;
using Microsoft.Extensions.AI;

namespace Aiops.Functions.Reason;

/// <summary>In the place of a model whose settings can't be used: it refuses every question with the reason, so that comments say it.</summary>
internal sealed class UnusableModel(string problem) : IChatClient
{
    public static ModelAccess Access(string problem, TimeProvider time) => new(
        new UnusableModel(problem),
        new ModelSettings { Where = "settings that can't be used", Provider = ModelProvider.Bedrock, Model = "The language model" })
    { Clock = time };

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => Task.FromException<ChatResponse>(new ModelException(ModelFailure.Refused, $"Its settings can't be used: {problem}"));

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        => throw new NotSupportedException("Nobody streams.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
        // Nothing is held.
    }
}
