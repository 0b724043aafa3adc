using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aiops.Pipeline.Intake.Formats.Sns;

namespace Aiops.Cli.Serve;

/// <summary>SNS certificates over HTTPS, kept for the life of the process. Redirects are refused: the address is the trust.</summary>
internal sealed class HttpSigningCertificates : ISigningCertificates, IDisposable
{
    private const int MaxBytes = 64 * 1024; // A certificate is 2 KB; more is somebody filling our memory.

    private readonly ConcurrentDictionary<Uri, X509Certificate2> known = new();
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = MaxBytes,
    };

    public async Task<X509Certificate2?> FindAsync(Uri address, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(address, out var certificate))
        {
            return certificate;
        }

        try
        {
            var pem = await client.GetStringAsync(address, cancellationToken);
            return known.GetOrAdd(address, X509Certificate2.CreateFromPem(pem));
        }
        catch (Exception e) when (e is HttpRequestException or CryptographicException
            || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    public void Dispose()
    {
        client.Dispose();
        foreach (var certificate in known.Values)
        {
            certificate.Dispose();
        }
    }
}
