using System.Globalization;
using System.Security.Cryptography;

namespace Aiops.Aws.Tests.Wire.Peer;

/// <summary>What is wrong with a request's signature, as a service would look at it.</summary>
internal static class PeerSignature
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    public static string? Complaint(ReceivedCall call, string accessKey, string secretKey, string region)
    {
        var given = call.Headers.GetValueOrDefault("authorization", "");
        var date = call.Headers.GetValueOrDefault("x-amz-date", "");
        if (!TryParse(date, out var at) || (at - TimeProvider.System.GetUtcNow()).Duration() > Tolerance)
        {
            return $"x-amz-date is '{date}'";
        }

        var signed = Part(given, "SignedHeaders=").Split(';');
        if (signed.Except(call.Headers.Keys).Any() || !signed.Contains("host") || !signed.Contains("x-amz-date"))
        {
            return $"signed headers are '{string.Join(';', signed)}'";
        }

        if (call.Headers.TryGetValue("x-amz-content-sha256", out var hash)
            && hash != Convert.ToHexStringLower(SHA256.HashData(call.Body)))
        {
            return "x-amz-content-sha256 isn't the body's";
        }

        var scope = Part(given, "Credential=").Split('/');
        SigV4 signer = new(accessKey, secretKey, region, scope.ElementAtOrDefault(3) ?? "");
        var headers = signed.Select(name => KeyValuePair.Create(name, call.Headers[name])).ToList();
        var expected = signer.Authorization(
            date, headers, signer.CanonicalRequest(call.Method, call.Path, call.Query, headers, call.Body));
        return given == expected ? null : $"signed as {given}, expected {expected}";
    }

    private static string Part(string authorization, string name) => authorization
        .Split([", ", " "], StringSplitOptions.None)
        .FirstOrDefault(part => part.StartsWith(name, StringComparison.Ordinal))?[name.Length..] ?? "";

    private static bool TryParse(string date, out DateTimeOffset at) => DateTimeOffset.TryParseExact(
        date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);
}
