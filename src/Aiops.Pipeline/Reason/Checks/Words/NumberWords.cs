using System.Text.RegularExpressions;

namespace Aiops.Pipeline.Reason.Checks.Words;

/// <summary>Numbers written as words, which a liar may reach for: English and Korean.</summary>
internal static partial class NumberWords
{
    private static readonly Dictionary<string, double> Values = new(StringComparer.OrdinalIgnoreCase)
    {
        ["two"] = 2,
        ["three"] = 3,
        ["four"] = 4,
        ["five"] = 5,
        ["six"] = 6,
        ["seven"] = 7,
        ["eight"] = 8,
        ["nine"] = 9,
        ["ten"] = 10,
        ["eleven"] = 11,
        ["twelve"] = 12,
        ["dozen"] = 12,
        ["thirteen"] = 13,
        ["fourteen"] = 14,
        ["fifteen"] = 15,
        ["sixteen"] = 16,
        ["seventeen"] = 17,
        ["eighteen"] = 18,
        ["nineteen"] = 19,
        ["quadruple"] = 4,
        ["quintuple"] = 5,
        ["halve"] = 0.5,
        ["hundredfold"] = 100,
        ["twenty"] = 20,
        ["thirty"] = 30,
        ["forty"] = 40,
        ["fifty"] = 50,
        ["sixty"] = 60,
        ["seventy"] = 70,
        ["eighty"] = 80,
        ["ninety"] = 90,
        ["hundred"] = 100,
        ["thousand"] = 1_000,
        ["million"] = 1e6,
        ["billion"] = 1e9,
        ["half"] = 0.5,
        ["quarter"] = 0.25,
        ["twice"] = 2,
        ["double"] = 2,
        ["triple"] = 3,
        ["thrice"] = 3,
        ["tenfold"] = 10,
        ["두"] = 2,
        ["세"] = 3,
        ["네"] = 4,
        ["다섯"] = 5,
        ["여섯"] = 6,
        ["일곱"] = 7,
        ["여덟"] = 8,
        ["아홉"] = 9,
        ["열"] = 10,
        ["스무"] = 20,
        ["절반"] = 0.5,
    };

    /// <summary>The numbers meant; not a number where a word means many and none exactly ("hundreds").</summary>
    public static IEnumerable<double> In(string text) => Words().Matches(text).Select(match
        => match.Groups["many"].Success ? double.NaN : Values[match.Groups["word"].Value]);

    public static string Without(string text) => Words().Replace(text, " ");

    [GeneratedRegex(
        @"\b(?<many>dozens|hundreds|thousands|millions|billions|manifold|several-fold)\b"
        + @"|\b(?<word>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|dozen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|half|quarter|twice|double|triple|quadruple|quintuple|halve|thrice|tenfold|hundredfold)(?:d|s|ing)?\b"
        + @"|(?<many>수십|수백|수천|수만|몇 ?배)|(?<word>두|세|네|다섯|여섯|일곱|여덟|아홉|열|스무) ?(?:배|개|건|번|명|곳|분|초|시간|대)|(?<word>절반)"
        + @"|(?<many>[일이삼사오육칠팔구]?[십백천만][일이삼사오육칠팔구십백천만]* ?(?:건|번|명|개|배|분|초|시간|퍼센트|회|일))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Words();
}
