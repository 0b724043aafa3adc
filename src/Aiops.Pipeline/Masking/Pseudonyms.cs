using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Aiops.Pipeline.Masking;

/// <summary>
/// Replaces what identifies people, machines and accounts by words that can be put back: <c>[ip-1]</c>, <c>[account-1]</c>,
/// <c>[name-2]</c>. For texts that leave for a model and come back; <see cref="SecretMask"/> goes before it, and what that takes
/// out is gone.
/// </summary>
/// <remarks>
/// The same value gets the same word for as long as the object lives, so that a text stays readable; numbering is by first sight,
/// so that the same texts in the same order are hidden alike. Not safe for concurrent use.
/// </remarks>
public sealed partial class Pseudonyms
{
    private readonly Dictionary<string, string> words = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly Regex? named;

    /// <param name="names">Of people, customers, projects: whole words, whatever their case.</param>
    public Pseudonyms(IReadOnlyList<string> names)
    {
        // Blanks as they come, and what follows: "김민서가" has a particle behind the name, "Unwins" is another name.
        var given = names.Select(name => name.Trim()).Where(name => name.Length > 0).OrderByDescending(name => name.Length)
            .Select(name => string.Join(@"\s+", name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Regex.Escape))).ToList();
        named = given.Count == 0 ? null : new Regex(
            $@"(?<![\p{{L}}\p{{N}}])(?:{string.Join('|', given)})(?![A-Za-z0-9\u00C0-\u024F])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    /// <summary>Values hidden so far.</summary>
    public int Count => values.Count;

    public string Hide(string text)
    {
        text = named is null ? text : named.Replace(text, match => WordFor("name", match.Value));
        text = Address().Replace(text, match => WordFor("email", match.Value));
        text = Identifier().Replace(text, match => WordFor("token", match.Value)); // Before accounts, for its end has the digits of one.
        text = Account().Replace(text, match => WordFor("account", match.Value));
        text = Hardware().Replace(text, match => WordFor("ip", match.Value));
        text = Ip6().Replace(text, match => IsIp6(match.Value) ? WordFor("ip", match.Value) : match.Value);
        text = Ip4().Replace(text, match => WordFor("ip", match.Value));
        return Opaque().Replace(text, match => IsOpaque(match.Value) ? WordFor("token", match.Value) : match.Value);
    }

    /// <summary>Puts back what was hidden; words that were never given stay as they are.</summary>
    public string Restore(string text) => Restore(text, value => value);

    /// <param name="written">How a value is written in this text: escaped where it is JSON.</param>
    public string Restore(string text, Func<string, string> written)
        => Word().Replace(text, match => values.TryGetValue(match.Value, out var value) ? written(value) : match.Value);

    private string WordFor(string kind, string value)
    {
        if (!words.TryGetValue(value, out var word))
        {
            var count = counts[kind] = counts.GetValueOrDefault(kind) + 1;
            words[value] = word = string.Create(CultureInfo.InvariantCulture, $"[{kind}-{count}]");
            values[word] = value;
        }

        return word;
    }

    // "14:17:05" has the shape of three groups, and is none.
    private static bool IsIp6(string value) => value.Any(char.IsAsciiHexDigit) && IPAddress.TryParse(value.TrimEnd('.'), out var address) && address.AddressFamily is AddressFamily.InterNetworkV6;

    // What nobody reads: keys without a published shape.
    private static bool IsOpaque(string value)
        => value.Count(char.IsAsciiDigit) >= 3 && value.Any(char.IsAsciiLetterUpper) && value.Any(char.IsAsciiLetterLower) && !value.Contains('-');

    [GeneratedRegex(@"(?<![\w.+-])[\w.+-]+@[\w-]+(\.[\w-]+)+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();

    // A UUID, or digits and letters of a hash.
    [GeneratedRegex(@"(?<![0-9A-Za-z])([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|(?=[0-9A-Fa-f]*[0-9])[0-9A-Fa-f]{24,})(?![0-9A-Za-z])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"(?<!\d|\d\.)(\d{12}|\d{4}-\d{4}-\d{4})(?!\d|\.\d|-\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Account();

    // A network card's address; the name that EC2 makes of an address.
    [GeneratedRegex(@"(?<![\w:])([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}(?![\w:])|(?<![\w-])ip(-\d{1,3}){4}(?![\d-])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hardware();

    [GeneratedRegex(@"(?<![\d.])((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)(?!\d|\.\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ip4();

    [GeneratedRegex(@"(?<![\w:.])[0-9A-Fa-f]{0,4}(:[0-9A-Fa-f]{0,4}){2,8}(\.\d{1,3}){0,3}(?![\w:])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ip6();

    // "/" and "=" part what they stand between.
    [GeneratedRegex(@"(?<![A-Za-z0-9+_-])[A-Za-z0-9+_-]{20,}(?![A-Za-z0-9+_-])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Opaque();

    [GeneratedRegex(@"\[(name|email|account|ip|token)-\d+\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
