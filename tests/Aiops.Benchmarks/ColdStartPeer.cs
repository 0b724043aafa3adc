using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Aiops.Benchmarks;

/// <summary>
/// Every AWS service, empty: a table without items, a bucket without objects, parameters that are off. It answers at once, so that
/// what is measured is the function.
/// </summary>
internal sealed class ColdStartPeer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Dictionary<string, int> asked = [];

    private ColdStartPeer(WebApplication app)
    {
        this.app = app;
        app.MapFallback(AnswerAsync);
    }

    public string Url => app.Urls.Single();

    /// <summary>How often each operation was asked for.</summary>
    public IReadOnlyDictionary<string, int> Asked
    {
        get
        {
            lock (asked)
                return new Dictionary<string, int>(asked);
        }
    }

    public static async Task<ColdStartPeer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var peer = new ColdStartPeer(builder.Build());
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
        var (status, json) = Answer(target, operation);
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
