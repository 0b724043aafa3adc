using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Aiops.Aws.Tests.Emulators;

/// <summary>Stands between a client and its server, and does to each request what a test says.</summary>
internal sealed class Meddling(Func<MeddledCall, Task<HttpResponseMessage>> meddle) : DelegatingHandler(new SocketsHttpHandler())
{
    private int calls;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        return await meddle(new MeddledCall(Interlocked.Increment(ref calls), request, body, changed =>
        {
            if (changed is not null)
            {
                var content = new StringContent(changed, Encoding.UTF8);
                content.Headers.ContentType = request.Content!.Headers.ContentType;
                request.Content = content;
            }

            return base.SendAsync(request, cancellationToken);
        }));
    }

    public static HttpResponseMessage Refusal(string code) => new(HttpStatusCode.BadRequest)
    {
        Content = new StringContent($$"""{"__type":"com.amazonaws#{{code}}","message":"as the test has it"}""", Encoding.UTF8, "application/x-amz-json-1.0"),
    };
}

/// <summary>One request on its way, by number.</summary>
internal sealed record MeddledCall(int Number, HttpRequestMessage Request, string Body, Func<string?, Task<HttpResponseMessage>> Send)
{
    public string Operation => Request.Headers.TryGetValues("X-Amz-Target", out var target) ? target.Single().Split('.')[1] : "";

    public bool Writes => Operation is "PutItem" or "UpdateItem" or "DeleteItem" or "BatchWriteItem";

    public JsonNode Json => JsonNode.Parse(Body)!;

    public Task<HttpResponseMessage> PassAsync() => Send(null);
}

/// <summary>A process that stops at a request: this one and all behind it fail, and its effect is there or not.</summary>
internal sealed class Killed(int atCall, bool afterwards)
{
    public bool Died { get; private set; }

    public Meddling NewHandler() => new(async call =>
    {
        if (call.Number >= atCall)
        {
            if (!Died && afterwards)
            {
                (await call.PassAsync()).Dispose();
            }

            Died = true;
            throw new InvalidOperationException("killed");
        }

        return await call.PassAsync();
    });
}
