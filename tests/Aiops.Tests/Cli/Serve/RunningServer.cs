using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Aiops.Cli.Serve;
using Aiops.Local.Queue;
using Aiops.Local.Storage;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Formats;
using Aiops.Pipeline.Intake.Queue;

namespace Aiops.Tests.Cli.Serve;

/// <summary>The server on a free port of this machine, over a real queue in a folder of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    public const string Topic = "arn:aws:sns:eu-central-1:222233334444:quillbay-alarms";

    private readonly TemporaryFolder folder;
    private readonly SqliteDatabase database;
    private readonly EventServer server;

    private RunningServer(TemporaryFolder folder, SqliteDatabase database, ITriggerQueue queue, EventServerOptions options, TicketHooks? hooks)
    {
        (this.folder, this.database, Queue) = (folder, database, queue);
        server = new EventServer(options, new EventDoor(new EventReader(), queue, Clock), queue, Signer, Visitor, Clock, Log, hooks);
        Client = new HttpClient();
    }

    public ManualTimeProvider Clock { get; } = new();

    public ITriggerQueue Queue { get; }

    public SnsSigner Signer { get; } = new();

    public RecordingVisitor Visitor { get; } = new();

    public RecordingLog Log { get; } = new();

    public HttpClient Client { get; }

    public static Task<RunningServer> StartAsync() => StartAsync(new EventServerOptions { Listen = AnyPort, AllowedTopics = [Topic] });

    public static IPEndPoint AnyPort => new(IPAddress.Loopback, 0);

    public static async Task<RunningServer> StartAsync(EventServerOptions options, TicketHooks? hooks = null)
    {
        var kept = new TemporaryFolder();
        var opened = await SqliteDatabase.OpenAsync(kept.File("aiops.db"), SqliteDatabaseOptions.Default, default);
        var queue = await SqliteTriggerQueue.OpenAsync(opened, new TriggerQueueOptions(), TimeProvider.System, default);
        var running = new RunningServer(kept, opened, queue, options, hooks);
        try
        {
            running.Client.BaseAddress = await running.server.StartAsync(default);
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }

        return running;
    }

    public Task<HttpResponseMessage> PostAsync(string path, byte[] body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("text/plain; charset=UTF-8"); // As SNS does.
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }

        return Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> PostAsync(string path, string body, params (string Name, string Value)[] headers)
        => PostAsync(path, Encoding.UTF8.GetBytes(body), headers);

    /// <summary>All that is in the queue, by message id.</summary>
    public async Task<IReadOnlyDictionary<string, QueuedEvent>> QueuedAsync()
    {
        var all = new Dictionary<string, QueuedEvent>();
        while (await Queue.ReceiveAsync(100, TimeSpan.FromHours(1), default) is { Count: > 0 } some)
        {
            foreach (var message in some)
                all.Add(message.MessageId, message);
        }

        return all;
    }

    public ValueTask StopAsync() => server.DisposeAsync();

    /// <summary>What a broken disk looks like to the server.</summary>
    public ValueTask BreakQueueAsync() => database.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }

    public static byte[] Sample(string path) => File.ReadAllBytes(Path.Combine(TestPaths.Events, path));
}

internal static class Answers
{
    public static async Task<JsonObject> JsonAsync(this HttpResponseMessage response)
        => JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();

    public static async Task<string> MessageIdAsync(this HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return (string)(await response.JsonAsync())["messageId"]!;
    }

    /// <summary>Every refusal says what is wrong and what to do about it.</summary>
    public static async Task ShouldBeRefusedAsync(this HttpResponseMessage response, HttpStatusCode status, string errorContains)
    {
        response.StatusCode.ShouldBe(status);
        var told = await response.JsonAsync();
        ((string)told["error"]!).ShouldContain(errorContains);
        ((string)told["remedy"]!).ShouldNotBeNullOrWhiteSpace();
    }
}

internal sealed class RecordingVisitor : ISubscriptionVisitor
{
    private readonly ConcurrentQueue<Uri> visited = new();

    public IReadOnlyCollection<Uri> Visited => visited;

    public bool Succeeds { get; set; } = true;

    public async Task<bool> VisitAsync(Uri address, CancellationToken cancellationToken)
    {
        visited.Enqueue(address);
        await Task.Yield(); // So that others at the door have their chance to get in between.
        return Succeeds;
    }
}
