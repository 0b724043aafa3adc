using System.Net;
using Aiops.Cli.Serve;

namespace Aiops.Tests.Cli.Serve;

public sealed class HttpSigningCertificatesTests : IDisposable
{
    private static readonly Uri Address = new(SnsSigner.Address);
    private readonly ManualTimeProvider clock = new();
    private readonly Web web = new();
    private readonly HttpSigningCertificates certificates;

    public HttpSigningCertificatesTests() => certificates = new HttpSigningCertificates(web, clock);

    public void Dispose() => certificates.Dispose();

    [Fact]
    public async Task A_certificate_is_fetched_once_however_many_ask_at_once()
    {
        var found = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => certificates.FindAsync(Address, default)));
        found.ShouldAllBe(certificate => certificate!.Subject == "CN=sns.amazonaws.com");
        web.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task It_is_fetched_again_after_a_day()
    {
        await certificates.FindAsync(Address, default);
        clock.Advance(HttpSigningCertificates.Kept - TimeSpan.FromSeconds(1));
        await certificates.FindAsync(Address, default);
        web.Requests.ShouldBe(1);
        clock.Advance(TimeSpan.FromSeconds(1));
        await certificates.FindAsync(Address, default);
        web.Requests.ShouldBe(2);
    }

    [Fact]
    public async Task A_failure_is_remembered_for_half_a_minute_and_no_longer()
    {
        web.Answer = () => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        (await certificates.FindAsync(Address, default)).ShouldBeNull();
        web.Answer = Web.Good;
        clock.Advance(HttpSigningCertificates.FailureKept - TimeSpan.FromSeconds(1));
        (await certificates.FindAsync(Address, default)).ShouldBeNull();
        clock.Advance(TimeSpan.FromSeconds(1));
        (await certificates.FindAsync(Address, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_is_no_certificate_or_too_large_for_one_is_none()
    {
        web.Answer = () => new HttpResponseMessage { Content = new StringContent("<html>") };
        (await certificates.FindAsync(Address, default)).ShouldBeNull();
        web.Answer = () => new HttpResponseMessage { Content = new ByteArrayContent(new byte[SnsHttp.MaxBytes + 1]) };
        (await certificates.FindAsync(new Uri($"{SnsSigner.Address}?2"), default)).ShouldBeNull();
        web.Answer = () => new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri("https://example.net/") } };
        (await certificates.FindAsync(new Uri($"{SnsSigner.Address}?3"), default)).ShouldBeNull();
        web.Requests.ShouldBe(3);
    }

    [Theory]
    [InlineData("2025-12-31T23:59:59Z", false)]
    [InlineData("2026-01-01T00:00:00Z", true)]
    [InlineData("2027-01-01T00:00:00Z", true)]
    [InlineData("2027-01-01T00:00:01Z", false)]
    public async Task A_certificate_counts_within_its_dates_alone(string now, bool counts)
    {
        clock.Advance(DateTimeOffset.Parse(now) - clock.GetUtcNow());
        (await certificates.FindAsync(Address, default) is not null).ShouldBe(counts);
    }

    [Fact]
    public async Task A_flood_of_addresses_drives_out_no_good_certificate()
    {
        await certificates.FindAsync(Address, default);
        web.Answer = () => new HttpResponseMessage(HttpStatusCode.NotFound);
        for (var i = 0; i < 3 * HttpSigningCertificates.MaxKept; i++)
            await certificates.FindAsync(new Uri($"https://sns.eu-central-1.amazonaws.com/{i}.pem"), default);
        var before = web.Requests;
        (await certificates.FindAsync(Address, default)).ShouldNotBeNull();
        web.Requests.ShouldBe(before);
    }

    [Fact]
    public async Task One_caller_who_leaves_does_not_fail_the_others()
    {
        var arrival = new TaskCompletionSource();
        web.Wait = arrival.Task;
        using var leaving = new CancellationTokenSource();
        var first = certificates.FindAsync(Address, leaving.Token);
        var second = certificates.FindAsync(Address, default);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        arrival.SetResult();
        (await second).ShouldNotBeNull();
    }

    private sealed class Web : HttpMessageHandler
    {
        private int requests;

        public int Requests => requests;

        public Func<HttpResponseMessage> Answer { get; set; } = Good;

        public Task Wait { get; set; } = Task.CompletedTask;

        public static HttpResponseMessage Good()
        {
            using var certificate = SnsSigner.NewCertificate(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
            return new HttpResponseMessage { Content = new StringContent(certificate.ExportCertificatePem()) };
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref requests);
            await Wait.WaitAsync(cancellationToken);
            return Answer();
        }
    }
}
