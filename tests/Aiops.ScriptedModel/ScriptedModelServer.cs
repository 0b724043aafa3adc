using System.Collections.Concurrent;
using System.Text.Json;
using Aiops.ScriptedModel.Wires;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Aiops.ScriptedModel;

/// <summary>A model's server in this process, on 127.0.0.1 and a free port. It stops within seconds, whatever its clients do.</summary>
public sealed class ScriptedModelServer : IAsyncDisposable
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);

    private readonly Func<ScriptedRequest, ScriptedReply> script;
    private readonly ConcurrentQueue<ScriptedRequest> requests = new();
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly CancellationTokenSource ending = new();
    private readonly OpenAiWire openAi = new();
    private readonly BedrockWire bedrock = new();
    private readonly WebApplication application;
    private int count;

    private ScriptedModelServer(Func<ScriptedRequest, ScriptedReply> script)
    {
        this.script = script;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls("http://127.0.0.1:0");
        application = builder.Build();
        application.Run(AnswerAsync);
    }

    /// <summary>Without a path.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:1");

    /// <summary>What an OpenAI-compatible client takes for its endpoint: <c>http://127.0.0.1:PORT/v1</c>.</summary>
    public Uri OpenAiBase => new(Address, "/v1");

    /// <summary>What a client of Bedrock's runtime takes.</summary>
    public Uri BedrockBase => Address;

    /// <summary>All requests for an answer so far, in the order of their ordinals, broken ones not among them.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => [.. requests.OrderBy(request => request.Ordinal)];

    /// <summary>What came that no model's client should send, and what the script threw. A test wants this empty.</summary>
    public IReadOnlyList<string> Complaints => [.. complaints];

    /// <param name="script">Called for each request, by several at once.</param>
    public static async Task<ScriptedModelServer> StartAsync(Func<ScriptedRequest, ScriptedReply> script)
    {
        ScriptedModelServer server = new(script);
        await server.application.StartAsync();
        server.Address = new Uri(server.application.Urls.Single());
        return server;
    }

    /// <summary>One reply after the other; the last one stays.</summary>
    public static Task<ScriptedModelServer> StartAsync(params ScriptedReply[] inTurn)
        => StartAsync(request => inTurn[Math.Min(request.Ordinal, inTurn.Length) - 1]);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        using (CancellationTokenSource bound = new(LongestStop))
        {
            await application.StopAsync(bound.Token);
        }

        await application.DisposeAsync();
        ending.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ending.Token, context.RequestAborted);
        try
        {
            var raw = await ReadAsync(context, either.Token);
            ReplyWriter writer = new(context, either.Token);
            if (raw is { Method: "GET", Path: "/v1/models" })
            {
                await writer.WriteAsync(ModelList());
            }
            else if (raw.Method == "POST" && (raw.Path == OpenAiWire.Path ? openAi : BedrockWire.Takes(raw.Path) ? (IWire)bedrock : null) is { } wire)
            {
                await AnswerAsync(wire, raw, writer);
            }
            else
            {
                complaints.Enqueue($"nobody expects {raw.Method} {raw.Path}");
                await writer.WriteAsync(new HttpAnswer(404, "text/plain", "404 page not found"u8.ToArray()));
            }
        }
        catch (Exception e) when (either.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            context.Abort(); // The client hung up, or the server stops.
        }
    }

    private async Task AnswerAsync(IWire wire, ReceivedRequest raw, ReplyWriter writer)
    {
        ScriptedRequest request;
        ScriptedReply reply;
        try
        {
            request = wire.Read(raw, Interlocked.Increment(ref count));
            requests.Enqueue(request);
            reply = script(request);
        }
        catch (Exception e) when (e is WireBrokenException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            complaints.Enqueue($"{wire.Kind}: {e.Message}");
            await writer.WriteAsync(wire.Complain(e.Message));
            return;
        }
        catch (Exception e)
        {
            complaints.Enqueue($"the script threw {e}");
            await writer.WriteAsync(wire.Complain("The script threw."));
            return;
        }

        await writer.WriteAsync(reply, whole => wire.Write(whole, request));
    }

    private static async Task<ReceivedRequest> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using StreamReader reader = new(context.Request.Body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        return new ReceivedRequest(context.Request.Method, path, headers, await reader.ReadToEndAsync(cancellationToken));
    }

    private static HttpAnswer ModelList() => new(
        200, "application/json", """{"object":"list","data":[{"id":"scripted","object":"model","created":1767225600,"owned_by":"script"}]}"""u8.ToArray());
}
