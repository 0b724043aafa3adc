using System.Net;

namespace Aiops.Aws.Tests.Emulators;

/// <summary>Answers every request alike, in the server's place.</summary>
internal sealed class Answering(HttpStatusCode status, string body, string type = "application/xml") : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, null, type), RequestMessage = request });
}
