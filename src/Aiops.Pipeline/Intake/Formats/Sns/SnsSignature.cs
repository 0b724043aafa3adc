using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Aiops.Pipeline.Intake.Formats.Sns;

/// <summary>
/// The check of an SNS message's signature, by "Verifying the signatures of Amazon SNS messages" in the SNS Developer Guide:
/// RSA (PKCS #1 v1.5) over the named members in order, by SHA-1 (version 1) or SHA-256 (version 2).
/// </summary>
public static class SnsSignature
{
    private static readonly string[] OfNotification = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
    private static readonly string[] OfConfirmation = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

    /// <summary>
    /// Where the envelope says its certificate is, or null when that is no address of SNS (https, host exactly
    /// <c>sns.REGION.amazonaws.com</c>, path ending in <c>.pem</c>): then the message is forged, and nothing is fetched.
    /// </summary>
    public static Uri? CertificateAddress(SnsEnvelope envelope)
        => SnsEndpoint.Parse(envelope.SigningCertUrl, out _) is { } address && address.AbsolutePath.EndsWith(".pem", StringComparison.Ordinal)
            ? address
            : null;

    /// <summary>Checks with the certificate from where the envelope says it is, if that is an address of SNS.</summary>
    public static async Task<SignatureCheck> CheckAsync(
        SnsEnvelope envelope, ISigningCertificates certificates, CancellationToken cancellationToken)
    {
        if (CertificateAddress(envelope) is not { } address)
        {
            return new SignatureCheck.Refused(
                $"the signing certificate's address is not one of SNS: {envelope.SigningCertUrl?.Quoted(100) ?? "none"}");
        }

        return await certificates.FindAsync(address, cancellationToken) is { } certificate
            ? Check(envelope, certificate)
            : new SignatureCheck.Refused($"no certificate at {address}");
    }

    /// <summary>Pure. Trust in the certificate comes from the address it was fetched from.</summary>
    public static SignatureCheck Check(SnsEnvelope envelope, X509Certificate2 certificate)
    {
        if (HashOf(envelope.SignatureVersion) is not { } hash)
        {
            return new SignatureCheck.Refused($"signature version 1 or 2 expected, found {envelope.SignatureVersion?.Quoted(20) ?? "none"}");
        }

        if (SignedText(envelope) is not { } text)
        {
            return new SignatureCheck.Refused("a member that is part of the signature is missing");
        }

        var signature = new byte[(envelope.Signature?.Length ?? 0) + 4];
        if (envelope.Signature is null || !Convert.TryFromBase64String(envelope.Signature, signature, out var length))
        {
            return new SignatureCheck.Refused("the signature is missing or not base64");
        }

        using var key = certificate.GetRSAPublicKey();
        return key is not null && key.VerifyData(Encoding.UTF8.GetBytes(text), signature.AsSpan(0, length), hash, RSASignaturePadding.Pkcs1)
            ? new SignatureCheck.Valid()
            : new SignatureCheck.Refused("the signature doesn't fit the message: it was changed, or not signed by SNS");
    }

    /// <summary>What SNS signs; null when a member of it is missing. A notification without a subject is signed without one.</summary>
    internal static string? SignedText(SnsEnvelope envelope)
    {
        var text = new StringBuilder();
        foreach (var name in envelope.Type == SnsEnvelope.NotificationType ? OfNotification : OfConfirmation)
        {
            var value = name switch
            {
                "Message" => envelope.Message,
                "MessageId" => envelope.MessageId,
                "Subject" => envelope.Subject,
                "SubscribeURL" => envelope.SubscribeUrl,
                "Timestamp" => envelope.Timestamp,
                "Token" => envelope.Token,
                "TopicArn" => envelope.TopicArn,
                _ => envelope.Type,
            };
            if (value is not null)
            {
                text.Append(name).Append('\n').Append(value).Append('\n');
            }
            else if (name != "Subject")
            {
                return null;
            }
        }

        return text.ToString();
    }

    private static HashAlgorithmName? HashOf(string? version) => version switch
    {
        "1" => HashAlgorithmName.SHA1,
        "2" => HashAlgorithmName.SHA256,
        _ => null,
    };
}
