using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Aiops.Aws.Tests.Wire.Peer;

/// <summary>
/// Signature Version 4 as its specification tells it (IAM User Guide, "Create a signed AWS API request"), written apart from
/// the SDK's so that each checks the other. Paths are encoded a second time, as for every service but S3.
/// </summary>
internal sealed record SigV4(string AccessKey, string SecretKey, string Region, string Service)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <param name="path">As it travels, percent-encoded once.</param>
    /// <param name="query">As it travels, without the question mark.</param>
    /// <param name="headers">Those that are signed, by lower-case name.</param>
    public string CanonicalRequest(
        string method, string path, string query, IEnumerable<KeyValuePair<string, string>> headers, ReadOnlySpan<byte> body)
    {
        var sorted = headers.OrderBy(h => h.Key, StringComparer.Ordinal).ToList();
        var lines = string.Concat(sorted.Select(h => $"{h.Key}:{Trimmed(h.Value)}\n"));
        var hash = Hex(SHA256.HashData(body));
        return string.Join('\n', method, CanonicalPath(path), CanonicalQuery(query), lines, SignedHeaders(sorted), hash);
    }

    public string StringToSign(string amzDate, string canonicalRequest)
        => string.Join('\n', Algorithm, amzDate, Scope(amzDate), Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest))));

    public string Signature(string amzDate, string stringToSign)
    {
        var key = Hmac(Encoding.UTF8.GetBytes("AWS4" + SecretKey), amzDate[..8]);
        key = Hmac(Hmac(Hmac(key, Region), Service), "aws4_request");
        return Hex(Hmac(key, stringToSign));
    }

    public string Authorization(string amzDate, IReadOnlyList<KeyValuePair<string, string>> headers, string canonicalRequest)
    {
        var signature = Signature(amzDate, StringToSign(amzDate, canonicalRequest));
        var credential = $"{AccessKey}/{Scope(amzDate)}";
        return $"{Algorithm} Credential={credential}, SignedHeaders={SignedHeaders(headers)}, Signature={signature}";
    }

    private string Scope(string amzDate) => $"{amzDate[..8]}/{Region}/{Service}/aws4_request";

    private static string SignedHeaders(IEnumerable<KeyValuePair<string, string>> headers)
        => string.Join(';', headers.Select(h => h.Key).Order(StringComparer.Ordinal));

    private static string CanonicalPath(string path)
        => path.Length == 0 ? "/" : string.Join('/', path.Split('/').Select(Encode));

    private static string CanonicalQuery(string query) => string.Join('&', query
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .Select(pair => (Name: Again(pair[0]), Value: Again(pair.ElementAtOrDefault(1) ?? "")))
        .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
        .Select(pair => $"{pair.Name}={pair.Value}"));

    private static string Again(string encoded) => Encode(Uri.UnescapeDataString(encoded));

    private static string Encode(string text)
    {
        StringBuilder encoded = new();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var plain = b < 128 && (char.IsAsciiLetterOrDigit((char)b) || "-._~".Contains((char)b));
            encoded.Append(plain ? (char)b : "").Append(plain ? "" : "%" + b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }

    private static string Trimmed(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
