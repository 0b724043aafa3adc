using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aiops.Tickets.Tests.Peer;

/// <summary>A system on this machine that answers as a test says, and remembers what it was asked.</summary>
internal sealed class WirePeer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Func<PeerCall, PeerAnswer> answer;
    private readonly ConcurrentQueue<PeerAnswer> first = new();

    private WirePeer(Func<PeerCall, PeerAnswer> answer)
    {
        this.answer = answer;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        app = builder.Build();
        app.Run(HandleAsync);
    }

    public ConcurrentQueue<PeerCall> Calls { get; } = new();

    public string Url => app.Urls.Single() + "/";

    public HttpClient Client => new() { BaseAddress = new Uri(Url), Timeout = Timeout.InfiniteTimeSpan };

    public static async Task<WirePeer> StartAsync(Func<PeerCall, PeerAnswer> answer)
    {
        WirePeer peer = new(answer);
        await peer.app.StartAsync();
        return peer;
    }

    /// <summary>Answers the next requests so, whatever they ask, before they have any effect.</summary>
    public void Next(params PeerAnswer[] answers) => Array.ForEach(answers, first.Enqueue);

    /// <summary>Cuts the connection after the next request had its effect.</summary>
    public bool LosesNextAnswer { get; set; }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using StreamReader reader = new(context.Request.Body, Encoding.UTF8);
        var call = new PeerCall(
            context.Request.Method, context.Request.Path.Value!, context.Request.Query.ToDictionary(one => one.Key, one => one.Value.ToString()),
            context.Request.Headers.ToDictionary(one => one.Key, one => one.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync());
        Calls.Enqueue(call);
        var said = first.TryDequeue(out var given) ? given : answer(call);
        if (LosesNextAnswer)
        {
            LosesNextAnswer = false;
            context.Abort();
            return;
        }

        context.Response.StatusCode = said.Status;
        foreach (var (name, value) in said.Headers ?? [])
        {
            context.Response.Headers[name] = value;
        }

        if (said.Body.Length > 0) // To write into a 204, if only nothing, would end the connection once it was answered.
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(said.Body);
        }
    }
}

internal sealed record PeerCall(
    string Method, string Path, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers, string Body);

internal sealed record PeerAnswer(int Status, string Body = "{}", Dictionary<string, string>? Headers = null)
{
    public static PeerAnswer Busy(int seconds) => new(429, "{}", new() { ["Retry-After"] = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture) });
}
