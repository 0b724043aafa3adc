using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Aiops.Pipeline.Intake.Formats.Webhook;

/// <summary>
/// The signature of AWS DevOps Agent's generic webhook, so that whoever sends there can send here: base64 of HMAC-SHA256 over
/// <c>TIMESTAMP:BODY</c>, by "Invoking DevOps Agent through Webhook" in its user guide.
/// </summary>
public static class WebhookSignature
{
    public const string SignatureHeader = "x-amzn-event-signature";
    public const string TimestampHeader = "x-amzn-event-timestamp";

    /// <summary>How far the timestamp may lie from now on either side, the end included. Within it a repeat is known by its event's id.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <returns>Null when it is good; else what is wrong.</returns>
    public static string? Problem(string secret, string? timestamp, string signature, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (!DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var sent))
        {
            return $"{TimestampHeader} is missing or no ISO 8601 time";
        }

        if ((now - sent).Duration() > Window)
        {
            return $"{TimestampHeader} is more than {Window.TotalMinutes:0} minutes from now";
        }

        var given = new byte[HMACSHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(signature, given, out var length)
            && CryptographicOperations.FixedTimeEquals(given.AsSpan(0, length), Expected(secret, timestamp!, body))
            ? null
            : $"{SignatureHeader} doesn't fit the body";
    }

    public static byte[] Expected(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        mac.AppendData(Encoding.UTF8.GetBytes($"{timestamp}:"));
        mac.AppendData(body);
        return mac.GetHashAndReset();
    }
}
