using System.Collections.Concurrent;
using Aiops.Aws.Wire;
using Amazon.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Aiops.Aws.Tests.Wire.Peer;

/// <summary>
/// The other end of the wire, in process: recomputes each request's signature from the specification, keeps the request, and
/// says what the test told it to. A call nobody expects, or one signed wrongly, fails the test when the peer is disposed.
/// </summary>
internal sealed class AwsPeer : IAsyncDisposable
{
    public const string Region = "eu-central-1";

    // The key pair of AWS's published signature test suite; it opens nothing.
    private const string AccessKey = "AKIDEXAMPLE";
    private const string SecretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private readonly ConcurrentDictionary<string, Func<ReceivedCall, PeerAnswer>> answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ReceivedCall> calls = new();
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly CancellationTokenSource ending = new();
    private WebApplication? application;

    public Uri Address { get; private set; } = new("http://127.0.0.1:1");

    public IReadOnlyList<ReceivedCall> Calls => [.. calls];

    public static async Task<AwsPeer> StartAsync()
    {
        AwsPeer peer = new();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AllowSynchronousIO = false).UseUrls("http://127.0.0.1:0");
        peer.application = builder.Build();
        peer.application.Run(peer.AnswerAsync);
        await peer.application.StartAsync();
        peer.Address = new Uri(peer.application.Urls.Single());
        return peer;
    }

    /// <summary>The same answer to every call of an operation (<c>SendMessage</c>, or <c>POST /TraceSummaries</c>).</summary>
    public AwsPeer On(string operation, PeerAnswer answer) => On(operation, _ => answer);

    public AwsPeer On(string operation, Func<ReceivedCall, PeerAnswer> answer)
    {
        answers[operation] = answer;
        return this;
    }

    /// <summary>One answer after the other; the last one stays.</summary>
    public AwsPeer OnEach(string operation, params PeerAnswer[] inTurn)
    {
        var next = -1;
        return On(operation, _ => inTurn[Math.Min(Interlocked.Increment(ref next), inTurn.Length - 1)]);
    }

    public IReadOnlyList<ReceivedCall> CallsOf(string operation) => [.. calls.Where(c => c.Operation == operation)];

    public WireOptions Options => new()
    {
        Region = Region,
        ServiceUrl = Address,
        Credentials = new BasicAWSCredentials(AccessKey, SecretKey),
        Jitter = () => 0,
    };

    public WireClient Client() => new(Options);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        if (application is not null)
        {
            using CancellationTokenSource bound = new(TimeSpan.FromSeconds(5));
            await application.StopAsync(bound.Token);
            await application.DisposeAsync();
        }

        ending.Dispose();
        complaints.ShouldBeEmpty();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var call = await ReadAsync(context);
        calls.Enqueue(call);
        if (PeerSignature.Complaint(call, AccessKey, SecretKey, Region) is { } complaint)
        {
            complaints.Enqueue($"{call.Operation}: {complaint}");
            await WriteAsync(context, PeerAnswer.Error("SignatureDoesNotMatch", complaint, 403));
            return;
        }

        if (!answers.TryGetValue(call.Operation, out var answer))
        {
            complaints.Enqueue($"nobody expects {call.Operation}");
            await WriteAsync(context, PeerAnswer.Error("UnknownOperationException", call.Operation, 404));
            return;
        }

        await WriteAsync(context, answer(call));
    }

    private static async Task<ReceivedCall> ReadAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString());
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        ReceivedCall call = new("", context.Request.Method, raw[0], raw.ElementAtOrDefault(1) ?? "", headers, body.ToArray());
        return call with { Operation = OperationOf(call, headers.GetValueOrDefault("content-type", "")) };
    }

    private static string OperationOf(ReceivedCall call, string contentType)
        => call.Headers.TryGetValue("x-amz-target", out var target) ? target.Split('.')[^1]
            : contentType.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) ? call.Form["Action"]
            : $"{call.Method} {call.Path}";

    private async Task WriteAsync(HttpContext context, PeerAnswer answer)
    {
        if (answer.NeverAnswers)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ending.Token, context.RequestAborted);
            TaskCompletionSource gone = new();
            await using var registration = either.Token.Register(gone.SetResult);
            await gone.Task;
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        var bytes = answer.Bytes;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes.AsMemory(0, answer.CutAfter ?? bytes.Length), context.RequestAborted);
        if (answer.CutAfter is not null)
        {
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        }
    }
}
