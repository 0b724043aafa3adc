using Aiops.Aws.Wire;
using Aiops.Aws.Wire.BedrockRuntime;
using Aiops.Aws.Wire.CloudWatch;
using Aiops.Aws.Wire.Pipeline;
using Aiops.Aws.Wire.Sqs;
using Amazon.Runtime.Endpoints;

namespace Aiops.Aws.Tests.Wire;

public sealed class WireEndpointTests
{
    [Theory]
    [InlineData("eu-central-1", "https://sqs.eu-central-1.amazonaws.com")]
    [InlineData("cn-north-1", "https://sqs.cn-north-1.amazonaws.com.cn")]
    [InlineData("us-gov-west-1", "https://sqs.us-gov-west-1.amazonaws.com")]
    public void A_service_is_found_in_its_Region_and_partition(string region, string url)
        => EndpointOf(SqsWire.Service, region).ShouldBe(url);

    [Fact]
    public void A_host_is_named_by_the_endpoint_prefix_not_by_the_service()
    {
        EndpointOf(CloudWatchWire.Service, "eu-central-1").ShouldBe("https://monitoring.eu-central-1.amazonaws.com");
        EndpointOf(ConverseWire.Service, "eu-central-1").ShouldBe("https://bedrock-runtime.eu-central-1.amazonaws.com");
    }

    [Fact]
    public void An_override_takes_the_Regions_place_and_the_signature_keeps_the_Region()
    {
        var config = Config(SqsWire.Service, "eu-central-1", new Uri("http://127.0.0.1:4566"));
        config.EndpointProvider.ResolveEndpoint(new EndpointParameters()).URL.TrimEnd('/').ShouldBe("http://127.0.0.1:4566");
        config.AuthenticationRegion.ShouldBe("eu-central-1");
    }

    [Fact]
    public void The_environment_may_override_one_service_as_for_every_AWS_client()
    {
        var service = SqsWire.Service with { Id = "Aiops Endpoint Test" }; // A variable that nothing else here reads.
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_AIOPS_ENDPOINT_TEST", "http://127.0.0.1:4567");
        try
        {
            EndpointOf(service, "eu-central-1").TrimEnd('/').ShouldBe("http://127.0.0.1:4567");
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_AIOPS_ENDPOINT_TEST", null);
        }
    }

    private static string EndpointOf(WireService service, string region)
        => Config(service, region, null).EndpointProvider.ResolveEndpoint(new EndpointParameters()).URL;

    private static WireConfig Config(WireService service, string region, Uri? url)
        => new(service, new WireOptions { Region = region, ServiceUrl = url, Jitter = () => 0 });
}
