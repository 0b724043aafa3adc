using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Aiops.Pipeline.Intake.Scopes;

/// <summary>
/// The keys by which a trigger is known again: its message, its message and subject, its state change (which may come by
/// two paths under two message ids). 128 bits of SHA-256 each, in base 32.
/// </summary>
public readonly record struct TriggerKeys(string Identity, string Message, string MessageAndSubject, string StateChange)
{
    /// <summary>How long keys are kept: the longest that a queue keeps a message before it is gone.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(14);

    public IEnumerable<string> All => [Message, MessageAndSubject, StateChange];

    public static TriggerKeys Of(Trigger trigger)
    {
        var at = trigger.OccurredAt.ToUnixTimeMilliseconds().ToString(); // What AWS sends has milliseconds by either path.
        return new TriggerKeys(
            Derive("T", trigger.Source, trigger.SourceId, trigger.Subject, trigger.State, at),
            Derive("m", trigger.Source, trigger.SourceId),
            Derive("i", trigger.Source, trigger.SourceId, trigger.Subject),
            Derive("s", trigger.Subject, trigger.State, at));
    }

    /// <summary>An incident's id: the same for the same scope and origin, whoever opens it.</summary>
    public static string IncidentId(string scope, string origin) => $"INC-{Derive("", scope, origin)[..12]}";

    /// <summary>Distinct for distinct parts, wherever one ends and the next begins.</summary>
    public static string Derive(string prefix, params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return prefix + Base32(hash.GetHashAndReset().AsSpan(0, 16));
    }

    // Crockford's alphabet: no letter is taken for a digit when an id is read out.
    private static string Base32(ReadOnlySpan<byte> bytes)
    {
        const string alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        StringBuilder text = new(26);
        var (buffer, bits) = (0, 0);
        foreach (var b in bytes)
        {
            (buffer, bits) = ((buffer << 8) | b, bits + 8);
            for (; bits >= 5; bits -= 5)
            {
                text.Append(alphabet[(buffer >> (bits - 5)) & 31]);
            }

            buffer &= (1 << bits) - 1;
        }

        return text.ToString();
    }
}
