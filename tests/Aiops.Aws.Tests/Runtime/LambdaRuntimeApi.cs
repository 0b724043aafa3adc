using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Aiops.Aws.Tests.Runtime;

/// <summary>
/// Lambda's side of the Runtime API (version 2018-06-01), for a function that runs as it would in Lambda: it hands out events,
/// one after the other, and takes the answers. An answer past the limit is refused with 413, as Lambda does.
/// </summary>
internal sealed class LambdaRuntimeApi : IAsyncDisposable
{
    public const int MaxResponseBytes = 6_291_556; // 6 MB and a little, as Lambda's own message says.

    private readonly WebApplication app;
    private readonly Channel<Event> events = Channel.CreateUnbounded<Event>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Outcome>> waiting = new();
    private readonly TaskCompletionSource<string> initError = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider clock = TimeProvider.System;
    private int requests;

    private LambdaRuntimeApi(WebApplication app)
    {
        this.app = app;
        app.MapGet("/2018-06-01/runtime/invocation/next", NextAsync);
        app.MapPost("/2018-06-01/runtime/invocation/{id}/response", ResponseAsync);
        app.MapPost("/2018-06-01/runtime/invocation/{id}/error", ErrorAsync);
        app.MapPost("/2018-06-01/runtime/init/error", InitErrorAsync);
    }

    /// <summary>HOST:PORT, for AWS_LAMBDA_RUNTIME_API.</summary>
    public string Endpoint { get; private set; } = "";

    /// <summary>Done when the function asks for its first event: it has started.</summary>
    public Task Ready => ready.Task;

    /// <summary>What the function reports when it can't start, as JSON.</summary>
    public Task<string> InitError => initError.Task;

    public static async Task<LambdaRuntimeApi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var api = new LambdaRuntimeApi(builder.Build());
        await api.app.StartAsync();
        api.Endpoint = new Uri(api.app.Urls.Single()).Authority;
        return api;
    }

    /// <summary>Hands the function an event and waits for its answer.</summary>
    /// <param name="timeout">The function's; its deadline is that far away when it gets the event.</param>
    public async Task<Outcome> InvokeAsync(string json, TimeSpan? timeout = null, string? traceId = null)
    {
        var id = $"00000000-0000-4000-8000-{Interlocked.Increment(ref requests):x12}";
        var outcome = new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[id] = outcome;
        await events.Writer.WriteAsync(new Event(id, json, timeout ?? TimeSpan.FromSeconds(30), traceId));
        return await outcome.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        events.Writer.TryComplete();
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2), clock);
        await app.StopAsync(soon.Token);
        await app.DisposeAsync();
    }

    private async Task NextAsync(HttpContext http)
    {
        ready.TrySetResult();
        var next = await events.Reader.ReadAsync(http.RequestAborted);
        var headers = http.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = next.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] =
            (clock.GetUtcNow() + next.Timeout).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:eu-west-1:123456789012:function:sample";
        if (next.TraceId is not null)
            headers["Lambda-Runtime-Trace-Id"] = next.TraceId;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(next.Json);
    }

    private async Task ResponseAsync(HttpContext http, string id)
    {
        var body = await BytesAsync(http);
        if (body.Length > MaxResponseBytes)
        {
            await AnswerAsync(http, 413, """{"errorMessage":"Exceeded maximum allowed payload size (6291556 bytes).","errorType":"RequestEntityTooLarge"}""");
            Finish(id, new Outcome.TooLarge(body.Length));
            return;
        }

        await AnswerAsync(http, 202, """{"status":"OK"}""");
        Finish(id, new Outcome.Answer(Encoding.UTF8.GetString(body)));
    }

    private async Task ErrorAsync(HttpContext http, string id)
    {
        var error = new Outcome.Error(
            Encoding.UTF8.GetString(await BytesAsync(http)),
            http.Request.ContentType,
            http.Request.Headers["Lambda-Runtime-Function-Error-Type"],
            http.Request.Headers["Lambda-Runtime-Function-XRay-Error-Cause"]);
        await AnswerAsync(http, 202, """{"status":"OK"}""");
        Finish(id, error);
    }

    private async Task InitErrorAsync(HttpContext http)
    {
        var body = Encoding.UTF8.GetString(await BytesAsync(http));
        await AnswerAsync(http, 202, """{"status":"OK"}""");
        initError.TrySetResult(body);
    }

    private void Finish(string id, Outcome outcome) => waiting[id].TrySetResult(outcome);

    private static async Task<byte[]> BytesAsync(HttpContext http)
    {
        using var copy = new MemoryStream();
        await http.Request.Body.CopyToAsync(copy);
        return copy.ToArray();
    }

    private static Task AnswerAsync(HttpContext http, int status, string json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(json);
    }

    private sealed record Event(string RequestId, string Json, TimeSpan Timeout, string? TraceId);

    /// <summary>How an invocation ended.</summary>
    internal abstract record Outcome
    {
        private Outcome()
        {
        }

        public sealed record Answer(string Json) : Outcome;

        public sealed record Error(string Json, string? ContentType, string? ErrorType, string? XRayCause) : Outcome;

        public sealed record TooLarge(int Bytes) : Outcome;
    }
}
