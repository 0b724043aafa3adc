using System.Collections.ObjectModel;
using Amazon.Runtime;

namespace Amazon.Internal;

/// <summary>The SDK's defaults for time-outs and retries, a set for each mode that AWS_DEFAULTS_MODE can name.</summary>
internal static class Defaults
{
    public static ReadOnlyCollection<IDefaultConfiguration> All { get; } = new(
    [
        Mode(DefaultConfigurationMode.Standard, 3.1, 3.1),
        Mode(DefaultConfigurationMode.InRegion, 1.1, 1.1),
        Mode(DefaultConfigurationMode.CrossRegion, 3.1, 3.1),
        Mode(DefaultConfigurationMode.Mobile, 30, 30),
        Mode(DefaultConfigurationMode.Auto, 1.1, 1.1),
    ]);

    private static DefaultConfiguration Mode(DefaultConfigurationMode name, double connect, double negotiate) => new DefaultConfiguration
    {
        Name = name,
        RetryMode = RequestRetryMode.Standard,
        S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
        ConnectTimeout = TimeSpan.FromSeconds(connect),
        TlsNegotiationTimeout = TimeSpan.FromSeconds(negotiate),
    };
}
