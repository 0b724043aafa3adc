using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aiops.Pipeline.Intake.Formats.Sns;

namespace Aiops.Tests.Cli.Serve;

/// <summary>Signs as SNS does, with a key of its own, and gives the certificate for it out where SNS would.</summary>
internal sealed class SnsSigner : ISigningCertificates
{
    public const string Address = "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-1111111111111111111111111111111a.pem";

    private static readonly RSA Key = RSA.Create(2048); // Slow to make, so made once.
    private readonly X509Certificate2 certificate = NewCertificate(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private int asked;

    public bool CanBeReached { get; set; } = true;

    /// <summary>How often the certificate was asked for.</summary>
    public int Asked => asked;

    public static X509Certificate2 NewCertificate(DateTimeOffset notBefore, DateTimeOffset notAfter)
        => new CertificateRequest("CN=sns.amazonaws.com", Key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(notBefore, notAfter);

    public Task<X509Certificate2?> FindAsync(Uri address, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref asked);
        return Task.FromResult(CanBeReached && address == new Uri(Address) ? certificate : null);
    }

    /// <summary>A sample of events/sns, changed and then signed.</summary>
    public static JsonObject Signed(string sample, Action<JsonObject>? change = null)
    {
        var message = JsonNode.Parse(RunningServer.Sample($"sns/{sample}"))!.AsObject();
        change?.Invoke(message);
        using var document = JsonDocument.Parse(message.ToJsonString());
        var envelope = SnsEnvelope.Read(document.RootElement);
        var hash = envelope.SignatureVersion == "1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
        var text = Encoding.UTF8.GetBytes(SnsSignature.SignedText(envelope)!);
        message["Signature"] = Convert.ToBase64String(Key.SignData(text, hash, RSASignaturePadding.Pkcs1));
        return message;
    }
}
