using Aiops.Tickets.Http;

namespace Aiops.Tickets.Settings;

/// <summary>What systems are made of besides their settings.</summary>
/// <param name="Where">The settings' file, for messages.</param>
public sealed record SystemParts(string Where, SecretSources Sources, TimeProvider Time)
{
    /// <exception cref="TicketSettingsException">The reference isn't one; it is not repeated, for it may be the secret itself.</exception>
    public ISecret Secret(string reference, string member)
        => Secrets.Of(reference, Sources) ?? throw new TicketSettingsException(Where, [$"\"{member}\" names no secret. {Secrets.Remedy}"]);

    /// <summary>A client for one system. It follows no redirect, which would carry the credentials elsewhere.</summary>
    public HttpClient Client(string url) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // Addresses change.
        UseCookies = false,
    })
    {
        BaseAddress = new Uri(url.EndsWith('/') ? url : $"{url}/"),
        Timeout = System.Threading.Timeout.InfiniteTimeSpan, // TicketHttp's own, by the clock that it is given.
        MaxResponseContentBufferSize = 32 << 20,
        DefaultRequestHeaders = { { "User-Agent", "aiops" } }, // GitHub refuses requests without one.
    };
}
