using System.Net;
using Aiops.Pipeline.Intake.Formats.Sns;

namespace Aiops.Tests.Pipeline.Intake.Formats.Sns;

public class HttpSigningCertificatesTests(SnsSignatureTests.SigningKey signer) : IClassFixture<SnsSignatureTests.SigningKey>
{
    private static readonly Uri Address = new("https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-1111.pem");

    [Fact]
    public async Task A_certificate_is_fetched_once_and_kept()
    {
        using var server = new Server(HttpStatusCode.OK, signer.Certificate.ExportCertificatePem());
        using var http = new HttpClient(server);
        using var certificates = new HttpSigningCertificates(http);

        (await certificates.FindAsync(Address, default))!.Thumbprint.ShouldBe(signer.Certificate.Thumbprint);
        await certificates.FindAsync(Address, default);

        server.Requests.ShouldBe(1);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "no certificate")]
    [InlineData(HttpStatusCode.NotFound, "")]
    [InlineData(HttpStatusCode.Forbidden, "")]
    public async Task What_is_no_certificate_is_none(HttpStatusCode status, string content)
    {
        using var http = new HttpClient(new Server(status, content));
        using var certificates = new HttpSigningCertificates(http);
        (await certificates.FindAsync(Address, default)).ShouldBeNull();
    }

    [Fact]
    public async Task More_than_a_certificate_is_not_taken_in()
    {
        using var http = new HttpClient(new Server(HttpStatusCode.OK, new string('x', 64 * 1_024 + 1)));
        using var certificates = new HttpSigningCertificates(http);
        (await certificates.FindAsync(Address, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Trouble_at_sns_is_for_another_try()
    {
        using var http = new HttpClient(new Server(HttpStatusCode.ServiceUnavailable, ""));
        using var certificates = new HttpSigningCertificates(http);
        await Should.ThrowAsync<HttpRequestException>(() => certificates.FindAsync(Address, default));
    }

    private sealed class Server(HttpStatusCode status, string content) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(content) });
        }
    }
}
