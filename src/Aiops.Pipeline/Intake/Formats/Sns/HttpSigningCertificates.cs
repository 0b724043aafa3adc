using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Aiops.Pipeline.Intake.Formats.Sns;

/// <summary>SNS's certificates over HTTPS, each fetched once and kept while this lives.</summary>
/// <param name="http">Its handler must not follow redirects: the address was checked, where it leads to was not.</param>
public sealed class HttpSigningCertificates(HttpClient http) : ISigningCertificates, IDisposable
{
    private const int MostKept = 100; // SNS has one a Region; addresses that a forger makes up must not fill the memory.
    private const int MaxBytes = 64 * 1_024;

    private readonly ConcurrentDictionary<Uri, X509Certificate2> kept = new();

    /// <inheritdoc/>
    /// <exception cref="HttpRequestException">SNS could not be reached, or answered with an error of its own: try again.</exception>
    public async Task<X509Certificate2?> FindAsync(Uri address, CancellationToken cancellationToken)
    {
        if (kept.TryGetValue(address, out var known))
        {
            return known;
        }

        using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden
            || response.Content.Headers.ContentLength > MaxBytes)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        await response.Content.LoadIntoBufferAsync(MaxBytes, cancellationToken);
        var pem = await response.Content.ReadAsStringAsync(cancellationToken);
        return Parse(pem) is { } certificate ? Keep(address, certificate) : null;
    }

    public void Dispose()
    {
        foreach (var certificate in kept.Values)
        {
            certificate.Dispose();
        }
    }

    private X509Certificate2 Keep(Uri address, X509Certificate2 certificate)
        => kept.Count < MostKept ? kept.GetOrAdd(address, certificate) : certificate;

    private static X509Certificate2? Parse(string pem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException)
        {
            return null; // Not a certificate: as good as none.
        }
    }
}
