namespace Aiops.Mcp.Tests.Http;

/// <summary>Notes each answer of the client to a request of the server.</summary>
internal sealed class CountingHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly SemaphoreSlim answers = new(0);

    public async Task AnsweredAsync() => (await answers.WaitAsync(TimeSpan.FromMinutes(1))).ShouldBeTrue("no ping was answered");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        if (body.Contains("\"result\"", StringComparison.Ordinal))
        {
            answers.Release();
        }

        return response;
    }

    protected override void Dispose(bool disposing)
    {
        answers.Dispose();
        base.Dispose(disposing);
    }
}
