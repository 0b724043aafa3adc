using System.Runtime.CompilerServices;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.BedrockRuntime;
using Aiops.Pipeline.Reason.Models;
using Microsoft.Extensions.AI;

namespace Aiops.Aws.Bedrock;

/// <summary>A model behind Bedrock's Converse. Sends a request once, and reads no more of an answer than <see cref="BoundedAnswers.MostBytes"/>.</summary>
/// <remarks>
/// Throws <see cref="ModelException"/>, and <see cref="OperationCanceledException"/> for the caller's token; a content that is no
/// text and no tool call is a <see cref="NotSupportedException"/>, our own mistake. The model is the options', whatever a request says.
/// </remarks>
/// <param name="wire">The caller's to dispose of.</param>
public sealed class BedrockChatClient(WireClient wire, BedrockOptions model) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var chat = options ?? new ChatOptions();
        var request = ConverseWriter.Write([.. messages], chat, model.Called);
        using CancellationTokenSource late = new(model.Timeout, wire.Options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var response = await wire.SendAsync(request, either.Token);
            return ConverseReader.Read(response, Told, model.Called, wantsJson: chat.ResponseFormat is ChatResponseFormatJson);
        }
        catch (Exception e) when (e is WireException or HttpRequestException or IOException or TimeoutException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw late.IsCancellationRequested
                ? new ModelException(ModelFailure.TimedOut, $"{Told} gave no answer within {model.Timeout.TotalSeconds:0.#} s.", charged: true, inner: e)
                : BedrockFailures.Of(e, Told);
        }
    }

    /// <summary>The one response, in one piece.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("aws.bedrock", wire.EndpointOf(ConverseWire.Service), model.Called)
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
        // The signed client serves others too.
    }

    private string Told => $"{model.Called} on Bedrock in {wire.Options.Region}";
}
