using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aiops.Pipeline.Intake.Formats.Sns;

namespace Aiops.Cli.Serve;

/// <summary>SNS certificates over HTTPS, kept for a day, and failures for half a minute; asked for once however many wait.</summary>
/// <remarks>
/// Trust comes from the address: its host is checked to be SNS's before, TLS proves the host, and redirects aren't followed.
/// The chain isn't built besides: SNS serves the leaf alone, and its intermediates would have to be fetched by plain HTTP
/// from where the leaf itself says. The dates are held to the clock.
/// </remarks>
internal sealed class HttpSigningCertificates(HttpMessageHandler handler, TimeProvider time) : ISigningCertificates, IDisposable
{
    /// <summary>SNS has one or two a Region in use at a time.</summary>
    public const int MaxKept = 64;

    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public static readonly TimeSpan FailureKept = TimeSpan.FromSeconds(30);

    private readonly HttpClient client = SnsHttp.NewClient(handler);
    private readonly Lock gate = new();
    private readonly Dictionary<Uri, Fetch> fetches = [];

    public HttpSigningCertificates(TimeProvider time)
        : this(SnsHttp.NewHandler(), time)
    {
    }

    /// <inheritdoc/>
    public async Task<X509Certificate2?> FindAsync(Uri address, CancellationToken cancellationToken)
    {
        var certificate = await Current(address).WaitAsync(cancellationToken); // One caller who leaves doesn't fail the others.
        var now = time.GetUtcNow().UtcDateTime;
        return certificate is not null && certificate.NotBefore.ToUniversalTime() <= now && now <= certificate.NotAfter.ToUniversalTime()
            ? certificate
            : null;
    }

    public void Dispose() => client.Dispose(); // Certificates may still be in use; they go when nothing holds them.

    private Task<X509Certificate2?> Current(Uri address)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (fetches.TryGetValue(address, out var known) && now < known.Until)
            {
                return known.Certificate;
            }

            if (fetches.Count >= MaxKept && !fetches.ContainsKey(address))
            {
                fetches.Remove(fetches.MinBy(fetch => fetch.Value.Until).Key); // Failures go first, whatever a stranger asks for.
            }

            var fetch = new Fetch(FetchAsync(address), now);
            fetches[address] = fetch;
            return fetch.Certificate;
        }
    }

    private async Task<X509Certificate2?> FetchAsync(Uri address)
    {
        try
        {
            return X509Certificate2.CreateFromPem(await client.GetStringAsync(address));
        }
        catch (Exception e) when (e is CryptographicException || SnsHttp.IsFailure(e, CancellationToken.None))
        {
            return null;
        }
    }

    private sealed record Fetch(Task<X509Certificate2?> Certificate, DateTimeOffset Begun)
    {
        public DateTimeOffset Until => Begun + (Certificate is { IsCompleted: true, Result: null } ? FailureKept : Kept);
    }
}
