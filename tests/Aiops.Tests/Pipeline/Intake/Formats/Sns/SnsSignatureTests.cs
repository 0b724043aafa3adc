using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Aiops.Pipeline.Intake.Formats;
using Aiops.Pipeline.Intake.Formats.Sns;

namespace Aiops.Tests.Pipeline.Intake.Formats.Sns;

public sealed class SnsSignatureTests(SnsSignatureTests.SigningKey signer) : IClassFixture<SnsSignatureTests.SigningKey>
{
    private const string GoodAddress = "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-1111.pem";

    [Theory]
    [InlineData("sns/envelope.json", "1")]
    [InlineData("sns/envelope.json", "2")]
    [InlineData("sns/subscription-confirmation.json", "1")]
    [InlineData("sns/subscription-confirmation.json", "2")]
    [InlineData("sns/unsubscribe-confirmation.json", "2")]
    [InlineData("sns/lambda-records.json", "2")]
    public async Task A_message_that_sns_signed_is_believed(string sample, string version)
        => (await CheckAsync(Signed(Envelope(sample), version))).ShouldBeOfType<SignatureCheck.Valid>();

    [Fact]
    public async Task A_notification_without_a_subject_is_signed_without_one()
        => (await CheckAsync(Signed(Envelope("sns/envelope.json") with { Subject = null }, "2"))).ShouldBeOfType<SignatureCheck.Valid>();

    [Fact]
    public void The_signed_text_is_the_named_members_in_order_each_with_its_name()
        => Text(new SnsEnvelope
        {
            Type = "Notification",
            Message = "m",
            MessageId = "i",
            Timestamp = "t",
            TopicArn = "a",
            Subject = "s",
            Token = "not signed here",
        }).ShouldBe("Message\nm\nMessageId\ni\nSubject\ns\nTimestamp\nt\nTopicArn\na\nType\nNotification\n");

    public static TheoryData<string> Tamperings() => ["message", "topic", "timestamp", "type", "signature", "version", "no signature", "no version", "key"];

    [Theory]
    [MemberData(nameof(Tamperings))]
    public async Task What_was_changed_is_refused(string tampering)
    {
        var good = Signed(Envelope("sns/envelope.json"), "2");
        using var otherKey = RSA.Create(2048);
        var bad = tampering switch
        {
            "message" => good with { Message = good.Message + " " },
            "topic" => good with { TopicArn = good.TopicArn + "x" },
            "timestamp" => good with { Timestamp = "2026-05-09T14:52:41.403Z" },
            "type" => good with { Type = SnsEnvelope.ConfirmationType, Token = "t", SubscribeUrl = "u" },
            "signature" => good with { Signature = "not base64!" },
            "version" => good with { SignatureVersion = "1" },
            "no signature" => good with { Signature = null },
            "no version" => good with { SignatureVersion = null },
            _ => Signed(good, "2", otherKey),
        };

        (await CheckAsync(bad)).ShouldBeOfType<SignatureCheck.Refused>().Reason.ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData("http://sns.eu-central-1.amazonaws.com/a.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com:8443/a.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com.evil.example/a.pem")]
    [InlineData("https://sns.evil.s3.amazonaws.com/a.pem")]
    [InlineData("https://s3.eu-central-1.amazonaws.com/a.pem")]
    [InlineData("https://evil.example/sns.eu-central-1.amazonaws.com/a.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com@evil.example/a.pem")]
    [InlineData("https://user@sns.eu-central-1.amazonaws.com/a.pem")]
    [InlineData("https://xsns.eu-central-1.amazonaws.com/a.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/a.pem.txt")]
    [InlineData("https://sns.eu-central-1.amazonaws.com/a?b=.pem")]
    [InlineData("https://sns.eu-central-1.amazonaws.com.cn.evil.example/a.pem")]
    [InlineData("file:///etc/a.pem")]
    [InlineData("/a.pem")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_certificate_from_elsewhere_is_not_even_fetched(string? address)
    {
        var certificates = new Certificates(signer.Certificate);

        var check = await SnsSignature.CheckAsync(Signed(Envelope("sns/envelope.json"), "2") with { SigningCertUrl = address }, certificates, default);

        check.ShouldBeOfType<SignatureCheck.Refused>().Reason.ShouldStartWith("the signing certificate's address is not one of SNS: ");
        certificates.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(GoodAddress)]
    [InlineData("https://sns.us-gov-west-1.amazonaws.com/a.pem")]
    [InlineData("https://sns.cn-north-1.amazonaws.com.cn/a.pem")]
    [InlineData("https://SNS.EU-CENTRAL-1.amazonaws.com/a.pem")]
    public void The_addresses_of_sns_are_known(string address)
        => SnsSignature.CertificateAddress(new SnsEnvelope { SigningCertUrl = address }).ShouldNotBeNull();

    [Fact]
    public async Task A_certificate_that_is_not_there_is_a_refusal()
        => (await SnsSignature.CheckAsync(Signed(Envelope("sns/envelope.json"), "2"), new Certificates(null), default))
            .ShouldBeOfType<SignatureCheck.Refused>().Reason.ShouldStartWith("no certificate at https://sns.");

    private static SnsEnvelope Envelope(string sample) => new EventReader().Read(SampleEvents.Bytes(sample)).Envelope!;

    private Task<SignatureCheck> CheckAsync(SnsEnvelope envelope) => SnsSignature.CheckAsync(envelope, new Certificates(signer.Certificate), default);

    private SnsEnvelope Signed(SnsEnvelope envelope, string version, RSA? by = null)
    {
        var hash = version == "1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
        var signature = (by ?? signer.Key).SignData(Encoding.UTF8.GetBytes(Text(envelope)), hash, RSASignaturePadding.Pkcs1);
        return envelope with { SignatureVersion = version, Signature = Convert.ToBase64String(signature) };
    }

    /// <summary>Written a second time, from the guide: the test must not sign what the code happens to build.</summary>
    private static string Text(SnsEnvelope e)
    {
        var subject = e.Subject is null ? "" : $"Subject\n{e.Subject}\n";
        return e.Type == "Notification"
            ? $"Message\n{e.Message}\nMessageId\n{e.MessageId}\n{subject}Timestamp\n{e.Timestamp}\nTopicArn\n{e.TopicArn}\nType\n{e.Type}\n"
            : $"Message\n{e.Message}\nMessageId\n{e.MessageId}\nSubscribeURL\n{e.SubscribeUrl}\nTimestamp\n{e.Timestamp}\nToken\n{e.Token}\nTopicArn\n{e.TopicArn}\nType\n{e.Type}\n";
    }

    private sealed class Certificates(X509Certificate2? certificate) : ISigningCertificates
    {
        public List<Uri> Asked { get; } = [];

        public Task<X509Certificate2?> FindAsync(Uri address, CancellationToken cancellationToken)
        {
            Asked.Add(address);
            return Task.FromResult(certificate);
        }
    }

    /// <summary>A key and its certificate of our own making: they take long to make, so the class shares one.</summary>
    public sealed class SigningKey : IDisposable
    {
        public SigningKey()
            => Certificate = new CertificateRequest("CN=sns.amazonaws.com", Key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                .CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(80));

        public RSA Key { get; } = RSA.Create(2048);

        public X509Certificate2 Certificate { get; }

        public void Dispose()
        {
            Certificate.Dispose();
            Key.Dispose();
        }
    }
}
