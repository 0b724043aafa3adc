using Aiops.Mcp.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aiops.Mcp;

/// <summary>The protocol's streamable HTTP on one address, <c>/mcp</c>: POST a message, GET to be listened for, DELETE the session.</summary>
public sealed class McpHttpServer : IAsyncDisposable
{
    public const string Path = "/mcp";

    private readonly HttpGate gate;
    private readonly McpSessions sessions;
    private readonly McpEndpoint endpoint;
    private readonly WebApplication app;
    private readonly ITimer sweep;

    public McpHttpServer(AiopsMcp mcp, McpHttpOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        gate = new HttpGate(options);
        sessions = new McpSessions(mcp, options, time, loggers);
        endpoint = new McpEndpoint(sessions, options, time);
        app = Build(options, loggers);
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
        if (await AnswerAsync(context) is { } refusal)
        {
            await refusal.WriteAsync(context);
        }
    }

    private async Task<Refusal?> AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (gate.RefusesPlace(request) is { } misplaced)
        {
            return misplaced;
        }

        CrossOrigin.Welcome(context);
        if (request.Path != Path)
        {
            return new Refusal(StatusCodes.Status404NotFound, $"The endpoint is {Path}.");
        }

        if (CrossOrigin.IsPreflight(request))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return null;
        }

        return gate.RefusesCaller(request, out var caller) ?? RequestChecks.OfVersion(request) ?? await endpoint.AnswerAsync(context, caller);
    }

    private static WebApplication Build(McpHttpOptions options, ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, EndedByCommand>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Listen, endpoint => endpoint.Protocols = HttpProtocols.Http1);
            kestrel.Limits.MaxConcurrentConnections = 256;
            kestrel.Limits.MaxRequestBodySize = MessageBody.MostBytes;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        return builder.Build();
    }

    // The command ends it, not Ctrl+C by itself.
    private sealed class EndedByCommand : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
