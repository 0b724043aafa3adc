using Amazon.Runtime;

namespace Aiops.Aws.Tests.Emulators;

/// <summary>Lets a test stand between one of the SDK's clients and the network.</summary>
internal sealed class HandlerFactory(Func<HttpMessageHandler> create) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(create());

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
}
