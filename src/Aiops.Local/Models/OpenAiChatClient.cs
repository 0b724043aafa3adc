using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Aiops.Pipeline.Reason.Models;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Aiops.Local.Models;

/// <summary>
/// A model behind OpenAI's chat completions, over the package's own transport and its protocol method; the JSON is ours. Sends a
/// request once, follows no redirect, and reads no more than <see cref="OpenAiOptions.MostBytes"/>.
/// </summary>
/// <remarks>
/// Throws <see cref="ModelException"/>, and <see cref="OperationCanceledException"/> for the caller's token; a content that is no
/// text and no tool call is a <see cref="NotSupportedException"/>, our own mistake. The model is the options', whatever a request says.
/// </remarks>
public sealed class OpenAiChatClient : IChatClient
{
    private readonly OpenAiOptions options;
    private readonly HttpClient http;
    private readonly ChatClient client;

    public OpenAiChatClient(OpenAiOptions options)
    {
        this.options = options;
        http = new HttpClient(new BoundedAnswers(options.MostBytes)
        {
            InnerHandler = new SocketsHttpHandler
            {
                AllowAutoRedirect = false, // It would carry the key and the prompt elsewhere.
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5), // Addresses change.
                UseCookies = false,
            },
        })
        {
            Timeout = Timeout.InfiniteTimeSpan, // Ours, by the clock that we are given.
        };
#pragma warning disable OPENAI001 // "May change": the package's version is pinned, and its other constructors want a key there may not be.
        client = new ChatClient(options.Model, new KeyOfRequest(), new OpenAIClientOptions
        {
            Endpoint = options.Endpoint,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
        });
#pragma warning restore OPENAI001
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var conversation = messages.ToList();
        var request = CompletionWriter.Write(conversation, options ?? new ChatOptions(), this.options);
        var response = await SendAsync(JsonSerializer.SerializeToUtf8Bytes(request, CompletionJson.Plain.CompletionRequest), cancellationToken);
        return CompletionReader.Read(response, this.options, wantsJson: options?.ResponseFormat is ChatResponseFormatJson, conversation.Count);
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
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("openai", options.Endpoint, options.Model)
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose() => http.Dispose();

    private async Task<PipelineResponse> SendAsync(byte[] json, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(options.Timeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var key = await KeyAsync(cancellationToken);
        try
        {
            RequestOptions how = new() { CancellationToken = either.Token, ErrorOptions = ClientErrorBehaviors.NoThrow };
            if (key is not null)
            {
                how.SetHeader("Authorization", $"Bearer {key}");
            }

            using var body = BinaryContent.Create(BinaryData.FromBytes(json));
            return (await client.CompleteChatAsync(body, how)).GetRawResponse();
        }
        catch (Exception e) when (e is ClientResultException or HttpRequestException or IOException or OperationCanceledException or AggregateException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw OpenAiFailures.OfTransport(e, late.IsCancellationRequested, options);
        }
    }

    private async ValueTask<string?> KeyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return options.ApiKey is { } read ? await read(cancellationToken) : null;
        }
        catch (Exception e) when (e is not OperationCanceledException and not ModelException)
        {
            throw new ModelException(ModelFailure.Refused, $"There is no API key for the model at {options.Where}: {e.Message}", inner: e);
        }
    }

    /// <summary>The package wants a way to authenticate; the key is a header of each request.</summary>
    private sealed class KeyOfRequest : AuthenticationPolicy
    {
        public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
            => ProcessNext(message, pipeline, currentIndex);

        public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
            => ProcessNextAsync(message, pipeline, currentIndex);
    }
}
