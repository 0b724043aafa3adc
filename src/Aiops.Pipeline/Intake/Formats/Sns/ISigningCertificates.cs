using System.Security.Cryptography.X509Certificates;

namespace Aiops.Pipeline.Intake.Formats.Sns;

/// <summary>The certificates that SNS signs with, by their address. They rarely change: an implementation keeps them.</summary>
public interface ISigningCertificates
{
    /// <summary>
    /// The certificate, or null when there is none. The address has been checked to be of SNS; a redirect must not be
    /// followed away from it. The caller doesn't dispose of it.
    /// </summary>
    Task<X509Certificate2?> FindAsync(Uri address, CancellationToken cancellationToken);
}
