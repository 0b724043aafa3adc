namespace Aiops.Tickets.Tests.Peer;

/// <summary>Has the peer cut the connection after the next request of a method took effect.</summary>
internal sealed class LosesAnswer(string method, WirePeer peer) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        peer.LosesNextAnswer = request.Method.Method == method;
        return base.SendAsync(request, cancellationToken);
    }
}
