namespace Aiops.Cli.Serve;

/// <summary>Visits over HTTPS.</summary>
internal sealed class HttpSubscriptionVisitor(HttpMessageHandler handler) : ISubscriptionVisitor, IDisposable
{
    private readonly HttpClient client = SnsHttp.NewClient(handler);

    public HttpSubscriptionVisitor()
        : this(SnsHttp.NewHandler())
    {
    }

    public async Task<bool> VisitAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(address, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (SnsHttp.IsFailure(e, cancellationToken))
        {
            return false;
        }
    }

    public void Dispose() => client.Dispose();
}
