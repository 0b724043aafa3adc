using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Aiops.Scenarios.Running;

/// <summary>Systems Manager's GetParameters on loopback: every name has the one value that a test gives it, or there is none.</summary>
internal sealed class ParametersPeer : IAsyncDisposable
{
    private readonly WebApplication app;

    private ParametersPeer(WebApplication app) => this.app = app;

    public string? Text { get; set; }

    /// <summary>How often it was asked.</summary>
    public int Requests { get; private set; }

    public Uri Address => new(app.Urls.Single());

    public static async Task<ParametersPeer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        ParametersPeer peer = new(builder.Build());
        peer.app.Run(peer.AnswerAsync);
        await peer.app.StartAsync();
        return peer;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Requests++; // One asks at a time.
        var asked = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var names = asked!["Names"]!.AsArray().Select(name => (string)name!).ToList();
        JsonObject answer = new()
        {
            ["Parameters"] = new JsonArray([.. names.Where(_ => Text is not null).Select(name => new JsonObject { ["Name"] = name, ["Type"] = "String", ["Value"] = Text })]),
            ["InvalidParameters"] = new JsonArray([.. names.Where(_ => Text is null).Select(name => (JsonNode)name)]),
        };
        context.Response.ContentType = "application/x-amz-json-1.1";
        await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }
}
