using System.Text;

namespace Aiops.Pipeline.Masking;

/// <summary>
/// Takes secrets and e-mail addresses out of any text that people or models will read. What is masked is gone: nothing
/// of it, its length included, is kept.
/// </summary>
/// <remarks>
/// Four looks, each linear in the text: private key blocks, tokens by their published shapes, values by the names before
/// them (<see cref="SecretNames"/>), credentials in URLs and addresses. Where a name says little (<c>key=</c>,
/// <c>token:</c>) the value's shape decides, so that identifiers, hashes and ARNs stay readable. Masking masked text changes
/// nothing. Limits: a secret without a known shape, a name or a place that tells is not found, nor one split over fields.
/// </remarks>
public static class SecretMask
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Mark = "[masked]";

    public static string Mask(string text)
    {
        if (text.Length < 4)
        {
            return text;
        }

        // Blocks first, for what is inside them looks like anything; names before addresses, for passwords hold an "@".
        text = PrivateKeys.Mask(text);
        text = TokenShapes.Mask(text);
        text = UrlCredentials.Mask(text);
        text = NamedSecrets.Mask(text);
        return MailAddresses.Mask(text);
    }
}

/// <summary>A text being copied with stretches replaced; costs nothing while nothing is.</summary>
internal struct MaskedCopy(string text)
{
    private StringBuilder? copy;
    private int copied;

    /// <summary>Up to where the text is dealt with.</summary>
    public readonly int Copied => copied;

    /// <summary>Masks a stretch; one that begins before what is already masked is cut there.</summary>
    public void Replace(int start, int end)
    {
        start = Math.Max(start, copied);
        if (end <= start)
        {
            return;
        }

        copy ??= new StringBuilder(text.Length);
        copy.Append(text, copied, start - copied).Append(SecretMask.Mark);
        copied = end;
    }

    public readonly string Finish() => copy is null ? text : copy.Append(text, copied, text.Length - copied).ToString();
}
