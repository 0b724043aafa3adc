using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Aiops.Aws.Tests.Runtime;

/// <summary>
/// Every AWS service, empty: a table without items, a bucket without objects, parameters that are off. It answers at once, unless
/// it is told to fail or to hold its answers back.
/// </summary>
internal sealed class EmptyAws : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Dictionary<string, int> asked = [];

    private EmptyAws(WebApplication app)
    {
        this.app = app;
        app.MapFallback(AnswerAsync);
    }

    public string Url => app.Urls.Single();

    /// <summary>What a service answers instead; null for what it would say.</summary>
    public Func<string, (int Status, string Json)?> Instead { get; set; } = _ => null;

    /// <summary>Set, no service answers.</summary>
    public bool Holds { get; set; }

    /// <summary>What the functions of a deployment are told, with this in place of AWS.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["AWS_ENDPOINT_URL"] = Url,
        ["AIOPS_ENVIRONMENT"] = "test",
        ["AIOPS_TABLE"] = "incidents",
        ["AIOPS_CHANGES_TABLE"] = "changes",
        ["AIOPS_DOCUMENTS_BUCKET"] = "documents",
        ["AIOPS_KNOWLEDGE_BUCKET"] = "knowledge",
        ["AIOPS_INCIDENT_STATE_MACHINE"] = "arn:aws:states:eu-west-1:123456789012:stateMachine:incident",
        ["AIOPS_REVIEW_STATE_MACHINE"] = "arn:aws:states:eu-west-1:123456789012:stateMachine:review",
        ["AIOPS_URGENT_QUEUE_URL"] = $"{Url}/123456789012/urgent",
        ["AIOPS_ROUTINE_QUEUE_URL"] = $"{Url}/123456789012/routine",
        ["AIOPS_URGENT_DEAD_LETTERS_URL"] = $"{Url}/123456789012/urgent-dead",
        ["AIOPS_ROUTINE_DEAD_LETTERS_URL"] = $"{Url}/123456789012/routine-dead",
        ["AIOPS_SETTLE_SECONDS"] = "60",
        ["AIOPS_MAX_ROUNDS"] = "3",
        ["AIOPS_MUTE_PARAMETER"] = "/aiops/mute",
        ["AIOPS_WEBHOOK_SECRET"] = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:webhook",
        ["AIOPS_OWN_ALARM_PREFIX"] = "aiops-",
    };

    /// <summary>The same, as a line.</summary>
    public string Said => string.Join(' ', Asked.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}×{one.Value}"));

    /// <summary>How often each operation was asked for.</summary>
    public IReadOnlyDictionary<string, int> Asked
    {
        get
        {
            lock (asked)
                return new Dictionary<string, int>(asked);
        }
    }

    public static async Task<EmptyAws> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var peer = new EmptyAws(builder.Build());
        await peer.app.StartAsync();
        return peer;
    }

    public void Forget()
    {
        lock (asked)
            asked.Clear();
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var target = http.Request.Headers["X-Amz-Target"].ToString();
        var operation = target.Length > 0 ? target[(target.LastIndexOf('.') + 1)..] : $"{http.Request.Method} {http.Request.Path}";
        lock (asked)
            asked[operation] = asked.GetValueOrDefault(operation) + 1;
        await http.Request.Body.CopyToAsync(Stream.Null);
        if (Holds)
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        var (status, json) = Instead(operation) ?? Answer(target, operation);
        http.Response.StatusCode = status;
        http.Response.ContentType = target.Length > 0 ? http.Request.ContentType : "application/json";
        await http.Response.WriteAsync(json);
    }

    private static (int Status, string Json) Answer(string target, string operation) => operation switch
    {
        "Query" or "Scan" => (200, """{"Items":[],"Count":0,"ScannedCount":0}"""),
        "BatchGetItem" => (200, """{"Responses":{},"UnprocessedKeys":{}}"""),
        "GetParameter" => (200, """{"Parameter":{"Name":"p","Type":"String","Value":"off","Version":1}}"""),
        "GetParameters" => (200, """{"Parameters":[],"InvalidParameters":[]}"""),
        "GetSecretValue" => (200, """{"Name":"s","SecretString":"secret"}"""),
        "StartExecution" => (200, """{"executionArn":"arn:aws:states:eu-west-1:123456789012:execution:incident:i","startDate":1773484200}"""),
        _ when target.Length > 0 => (200, "{}"),
        _ when operation.StartsWith("GET ", StringComparison.Ordinal) => (404, "<Error><Code>NoSuchKey</Code><Message>none</Message></Error>"),
        _ => (200, ""),
    };
}
