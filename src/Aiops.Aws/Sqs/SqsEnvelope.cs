using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aiops.Aws.Wire.Sqs;
using Aiops.Pipeline;

namespace Aiops.Aws.Sqs;

/// <summary>
/// What we say of an event travels in message attributes, its bytes in the body. A message without our attributes came from
/// EventBridge or SNS, and its body is the event.
/// </summary>
internal sealed record SqsEnvelope
{
    public required byte[] Body { get; init; }

    public required string Format { get; init; }

    public required string Service { get; init; }

    /// <summary>The first life's; null where this is it, and SQS's own id holds.</summary>
    public string? MessageId { get; init; }

    public DateTimeOffset? EnqueuedAt { get; init; }

    public int Redrives { get; init; }

    /// <summary>Why it was set aside, or had been before it was redriven.</summary>
    public string? Reason { get; init; }

    /// <summary>Receives before it was set aside.</summary>
    public int? ReceiveCount { get; init; }

    /// <summary>Where the body lies when it has no room in a message.</summary>
    public string? BodyKey { get; init; }
}

/// <summary>Envelopes as messages, and back.</summary>
/// <param name="large">Takes bodies that outgrow a message: 1 MiB with its attributes, and bytes that are no text by a third more.</param>
internal sealed class SqsEnvelopes(IDocumentStore large)
{
    /// <summary>What one message may weigh, and a batch of them: SQS's 1 MiB.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>Where large bodies lie, by their digest; the bucket's lifecycle removes them after the last retention.</summary>
    public const string LargePrefix = "large-events/";

    private const int LongestReason = 2_000;
    private const string Prefix = "aiops.";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public async Task<(string Body, Dictionary<string, MessageAttribute> Attributes)> SealAsync(SqsEnvelope envelope, CancellationToken cancellationToken)
    {
        Dictionary<string, MessageAttribute> attributes = new(StringComparer.Ordinal);
        Add("format", envelope.Format);
        Add("service", envelope.Service);
        Add("id", envelope.MessageId);
        Add("enqueued-at", envelope.EnqueuedAt?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        Add("redrives", envelope.Redrives == 0 ? null : $"{envelope.Redrives}");
        Add("reason", envelope.Reason is { Length: > LongestReason } reason ? reason[..LongestReason] : envelope.Reason);
        Add("receives", envelope.ReceiveCount?.ToString(CultureInfo.InvariantCulture));
        var body = Text(envelope.Body);
        if (body is null)
        {
            (body, attributes[Prefix + "encoding"]) = (envelope.Body.Length == 0 ? "-" : Convert.ToBase64String(envelope.Body),
                Attribute(envelope.Body.Length == 0 ? "empty" : "base64"));
        }

        if (Weight(body, attributes) > MostBytes)
        {
            var key = LargePrefix + Convert.ToHexStringLower(SHA256.HashData(envelope.Body));
            await large.PutAsync(key, envelope.Body, cancellationToken);
            (body, attributes[Prefix + "encoding"]) = (key, Attribute("document"));
        }

        return (body, attributes);

        void Add(string name, string? value)
        {
            if (value is { Length: > 0 })
            {
                attributes[Prefix + name] = Attribute(IsPlain(value) ? value : Escaped + Convert.ToBase64String(Encoding.UTF8.GetBytes(value)));
            }
        }
    }

    /// <exception cref="StoreUnavailableException">A large body can't be read now.</exception>
    public async Task<SqsEnvelope> OpenAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        var encoding = Find("encoding");
        return new SqsEnvelope
        {
            Body = encoding switch
            {
                "base64" => Convert.FromBase64String(message.Body),
                "empty" => [],
                "document" => await large.GetAsync(message.Body, cancellationToken) ?? Encoding.UTF8.GetBytes(message.Body),
                _ => Encoding.UTF8.GetBytes(message.Body),
            },
            Format = Find("format") ?? "",
            Service = Find("service") ?? "",
            MessageId = Find("id"),
            EnqueuedAt = Find("enqueued-at") is { } at ? DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) : null,
            Redrives = Find("redrives") is { } redrives ? int.Parse(redrives, CultureInfo.InvariantCulture) : 0,
            Reason = Find("reason"),
            ReceiveCount = Find("receives") is { } receives ? int.Parse(receives, CultureInfo.InvariantCulture) : null,
        };

        string? Find(string name) => message.MessageAttributes?.GetValueOrDefault(Prefix + name)?.StringValue is not { } value ? null
            : value.StartsWith(Escaped, StringComparison.Ordinal) ? Encoding.UTF8.GetString(Convert.FromBase64String(value[Escaped.Length..]))
            : value;
    }

    /// <summary>As SQS weighs a message: the bytes of the body, and of each attribute's name, type and value.</summary>
    public static int Weight(string body, IReadOnlyDictionary<string, MessageAttribute> attributes) => Encoding.UTF8.GetByteCount(body)
        + attributes.Sum(attribute => Encoding.UTF8.GetByteCount(attribute.Key) + attribute.Value.DataType.Length + Encoding.UTF8.GetByteCount(attribute.Value.StringValue ?? ""));

    private const string Escaped = "base64:";

    private static MessageAttribute Attribute(string value) => new() { DataType = "String", StringValue = value };

    // The body's bytes as text that SQS takes and gives back alike; null where they are none.
    private static string? Text(byte[] body)
    {
        try
        {
            var text = Strict.GetString(body);
            return text.Length > 0 && IsPlain(text) ? text : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // SQS takes #x9, #xA, #xD, #x20 to #xD7FF, #xE000 to #xFFFD and what lies beyond. The last is left to base64, for not every
    // server that speaks its protocol takes it; and so are carriage returns, which XML on the way would make line feeds.
    private static bool IsPlain(string text)
    {
        foreach (var c in text)
        {
            if (c is not ('\t' or '\n' or (>= ' ' and <= '\uD7FF') or (>= '\uE000' and <= '\uFFFD')))
            {
                return false;
            }
        }

        return !text.StartsWith(Escaped, StringComparison.Ordinal) && text[0] != '\ufeff';
    }
}
