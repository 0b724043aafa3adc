using System.Text.RegularExpressions;

namespace Aiops.Pipeline.Intake.Formats.Sns;

/// <summary>
/// Addresses that are really those of SNS: https, and the host exactly <c>sns.REGION.amazonaws.com</c> (or <c>.com.cn</c>).
/// Anything looser lets a forger host a certificate of his own, for much else lives under amazonaws.com.
/// </summary>
internal static partial class SnsEndpoint
{
    /// <summary>The address, or null when it isn't one of SNS.</summary>
    /// <param name="region">Of the host, where it is one.</param>
    public static Uri? Parse(string? url, out string? region)
    {
        region = null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)
            || address.Scheme != Uri.UriSchemeHttps || !address.IsDefaultPort || address.UserInfo.Length > 0
            || Host().Match(address.IdnHost) is not { Success: true } host)
        {
            return null;
        }

        region = host.Groups["region"].Value;
        return address;
    }

    [GeneratedRegex(
        @"\Asns\.(?<region>[a-z]{2}(-[a-z]+)+-[0-9]{1,2})\.amazonaws\.com(\.cn)?\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 100)]
    private static partial Regex Host();
}
