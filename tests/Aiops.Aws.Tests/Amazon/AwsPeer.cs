using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Aiops.Aws.Tests.StandIns; // Not named after its folder: in there, Amazon would hide the SDK's own namespace.

/// <summary>A service's end of the wire: it keeps what was asked and answers what the test says.</summary>
internal sealed class AwsPeer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Queue<(int Status, string Json, string? ErrorType)> answers = [];

    private AwsPeer(WebApplication app)
    {
        this.app = app;
        app.MapFallback(AnswerAsync);
    }

    public string Url => app.Urls.Single();

    public List<Asked> Requests { get; } = [];

    public static async Task<AwsPeer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var peer = new AwsPeer(builder.Build());
        await peer.app.StartAsync();
        return peer;
    }

    public AwsPeer Answers(string json, int status = 200, string? errorType = null)
    {
        answers.Enqueue((status, json, errorType));
        return this;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        Requests.Add(new Asked(
            http.Request.Method,
            http.Request.Path.Value!,
            http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Encoding.UTF8.GetString(body.ToArray())));
        var (status, json, errorType) = answers.Dequeue();
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/x-amz-json-1.0";
        http.Response.Headers["x-amzn-RequestId"] = "b1946ac9-2492-4a4d-b6d1-1f2d9f1d9f1d";
        if (errorType is not null)
            http.Response.Headers["x-amzn-ErrorType"] = errorType;
        await http.Response.WriteAsync(json);
    }

    internal sealed record Asked(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);
}
