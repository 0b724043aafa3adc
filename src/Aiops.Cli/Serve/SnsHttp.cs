namespace Aiops.Cli.Serve;

/// <summary>The way out to SNS, over which its certificates and confirmations go: bounded in time and size, led nowhere else.</summary>
internal static class SnsHttp
{
    /// <summary>SNS waits 15 s for our answer; this leaves time to give one.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(8);

    /// <summary>A certificate is 2 KB and a confirmation less; more is somebody filling our memory.</summary>
    public const int MaxBytes = 64 * 1024;

    public static HttpMessageHandler NewHandler() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false, // The address is the trust.
        UseCookies = false,
        MaxConnectionsPerServer = 4,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    public static HttpClient NewClient(HttpMessageHandler handler) => new(handler)
    {
        Timeout = Timeout,
        MaxResponseContentBufferSize = MaxBytes,
    };

    /// <summary>The world's failures, not ours, and not the caller's wish to stop.</summary>
    public static bool IsFailure(Exception e, CancellationToken cancellationToken)
        => e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
