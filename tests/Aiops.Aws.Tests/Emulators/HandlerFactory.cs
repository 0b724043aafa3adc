using Amazon.Runtime;

namespace Aiops.Aws.Tests.Emulators;

/// <summary>Lets a test stand between one of the SDK's clients and the network.</summary>
internal sealed class HandlerFactory(Func<HttpMessageHandler> create) : HttpClientFactory
{
    private readonly Lazy<HttpClient> client = new(() => new HttpClient(create()));

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => client.Value;

    // This one client, for the SDK's own cache would share it with others.
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
}
