using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Aiops.Mcp.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException; // Kestrel keeps an obsolete one of the same name.

namespace Aiops.Mcp;

/// <summary>The protocol's streamable HTTP on one address, <c>/mcp</c>: POST a message, GET what the server says by itself, DELETE the session.</summary>
public sealed class McpHttpServer : IAsyncDisposable
{
    public const string Path = "/mcp";

    private const string SessionHeader = "Mcp-Session-Id";
    private const int LargestMessage = 256 * 1024;
    private const int RefusedRequest = -32600; // JSON-RPC's "invalid request".

    private static readonly string[] Versions = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];
    private static readonly JsonTypeInfo<JsonRpcMessage> MessageType = (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    private readonly McpHttpOptions options;
    private readonly HttpGate gate;
    private readonly McpSessions sessions;
    private readonly WebApplication app;
    private readonly ITimer sweep;

    public McpHttpServer(AiopsMcp mcp, McpHttpOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        (this.options, gate) = (options, new HttpGate(options));
        sessions = new McpSessions(mcp, options, time, loggers);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, EndedByCommand>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Listen, endpoint => endpoint.Protocols = HttpProtocols.Http1);
            kestrel.Limits.MaxConcurrentConnections = 256;
            kestrel.Limits.MaxRequestBodySize = LargestMessage;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        app = builder.Build();
        app.Run(HandleAsync);
        sweep = time.CreateTimer(_ => _ = sessions.EndIdleAsync(), null, options.IdleAfter, options.IdleAfter / 4);
    }

    /// <returns>The address of the endpoint, with the port it got.</returns>
    /// <exception cref="IOException">Something else listens there, or it isn't this machine's.</exception>
    public async Task<Uri> StartAsync(CancellationToken cancellationToken)
    {
        await app.StartAsync(cancellationToken);
        return new Uri(new Uri(app.Urls.Single()), Path);
    }

    public async ValueTask DisposeAsync()
    {
        await sweep.DisposeAsync();
        await sessions.DisposeAsync(); // First, so that nobody listens any more while the server waits for its requests.
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (gate.Refuses(context.Request, out var caller) is { } refusal)
        {
            if (refusal.Status == StatusCodes.Status401Unauthorized)
            {
                context.Response.Headers.WWWAuthenticate = "Bearer";
            }

            await RefuseAsync(context, refusal.Status, refusal.Why);
        }
        else if (context.Request.Path != Path)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, $"The endpoint is {Path}.");
        }
        else if (context.Request.Headers["MCP-Protocol-Version"] is [{ } version] && !Versions.Contains(version))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, $"This server speaks {string.Join(", ", Versions)}.");
        }
        else
        {
            await (context.Request.Method switch
            {
                "POST" => PostAsync(context, caller),
                "GET" => GetAsync(context, caller),
                "DELETE" => DeleteAsync(context, caller),
                _ => NotAllowedAsync(context),
            });
        }
    }

    private async Task PostAsync(HttpContext context, McpCaller? caller)
    {
        if (!context.Request.HasJsonContentType())
        {
            await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "Send application/json.");
        }
        else if (!Accepts(context.Request, "application/json") || !Accepts(context.Request, "text/event-stream"))
        {
            await RefuseAsync(context, StatusCodes.Status406NotAcceptable, "Accept both application/json and text/event-stream.");
        }
        else if (await MessageAsync(context) is { } message && await SessionForAsync(context, message, caller) is { } session)
        {
            await InAsync(session, async () =>
            {
                context.Response.Headers[SessionHeader] = session.Id;
                BeginStream(context);
                if (!await session.Transport.HandlePostRequestAsync(message, context.Response.Body, context.RequestAborted))
                {
                    context.Response.ContentType = null; // A notification: nothing is answered.
                    context.Response.StatusCode = StatusCodes.Status202Accepted;
                }
            });
        }
    }

    private async Task GetAsync(HttpContext context, McpCaller? caller)
    {
        if (!Accepts(context.Request, "text/event-stream"))
        {
            await RefuseAsync(context, StatusCodes.Status406NotAcceptable, "Accept text/event-stream.");
        }
        else if (await NamedAsync(context, caller) is { } session)
        {
            await InAsync(session, async () =>
            {
                if (!session.TryListen())
                {
                    await RefuseAsync(context, StatusCodes.Status409Conflict, "The session is listened to already.");
                    return;
                }

                try
                {
                    BeginStream(context);
                    await context.Response.StartAsync(context.RequestAborted); // At once: there may be nothing to say for hours.
                    await session.Transport.HandleGetRequestAsync(context.Response.Body, context.RequestAborted);
                }
                finally
                {
                    session.StopListening();
                }
            });
        }
    }

    private async Task DeleteAsync(HttpContext context, McpCaller? caller)
    {
        if (await NamedAsync(context, caller) is { } session)
        {
            await sessions.EndAsync(session);
            sessions.Leave(session);
        }
    }

    /// <summary>The session that a message belongs to, opened where it opens one, and in use; null once it was refused.</summary>
    private async Task<HttpSession?> SessionForAsync(HttpContext context, JsonRpcMessage message, McpCaller? caller)
    {
        if (context.Request.Headers[SessionHeader].Count > 0)
        {
            return await NamedAsync(context, caller);
        }

        if (message is not JsonRpcRequest { Method: "initialize" })
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, $"Begin with initialize, and send the {SessionHeader} that answers it.");
            return null;
        }

        var token = HttpGate.TokenOf(context.Request);
        if (await sessions.OpenAsync(caller?.Id, () => token is null ? null : options.Callers?.Invoke(token)) is { } session)
        {
            return session;
        }

        context.Response.Headers.RetryAfter = "60";
        await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "Too many sessions are open. End one, or wait until one has been idle for long enough.");
        return null;
    }

    private async Task<HttpSession?> NamedAsync(HttpContext context, McpCaller? caller)
    {
        if (context.Request.Headers[SessionHeader] is not [{ } id])
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, $"Name the session: {SessionHeader}.");
            return null;
        }

        if (sessions.Enter(id, caller?.Id) is { } session)
        {
            return session;
        }

        await RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such session, or it has ended. Begin anew with initialize.");
        return null;
    }

    private static async Task<JsonRpcMessage?> MessageAsync(HttpContext context)
    {
        try
        {
            if (await JsonSerializer.DeserializeAsync(context.Request.Body, MessageType, context.RequestAborted) is { } message)
            {
                return message;
            }
        }
        catch (BadHttpRequestException e)
        {
            await RefuseAsync(context, e.StatusCode, $"A message has {LargestMessage} bytes at most.");
            return null;
        }
        catch (JsonException)
        {
            // Said below.
        }

        await RefuseAsync(context, StatusCodes.Status400BadRequest, "That is no message of JSON-RPC 2.0; batches aren't taken.");
        return null;
    }

    private async Task InAsync(HttpSession session, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (OperationCanceledException)
        {
            // The client left, or the session was ended.
        }
        finally
        {
            sessions.Leave(session);
        }
    }

    private static void BeginStream(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private static bool Accepts(HttpRequest request, string type)
        => request.GetTypedHeaders().Accept.Any(accepted => accepted.MatchesMediaType(type));

    private static Task NotAllowedAsync(HttpContext context)
    {
        context.Response.Headers.Allow = "GET, POST, DELETE";
        return RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "GET, POST or DELETE.");
    }

    private static Task RefuseAsync(HttpContext context, int status, string why)
    {
        if (context.Response.HasStarted)
        {
            return Task.CompletedTask;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        JsonObject error = new() { ["jsonrpc"] = "2.0", ["id"] = null, ["error"] = new JsonObject { ["code"] = RefusedRequest, ["message"] = why } };
        return context.Response.WriteAsync(error.ToJsonString(), context.RequestAborted);
    }

    // The command ends it, not Ctrl+C by itself.
    private sealed class EndedByCommand : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
