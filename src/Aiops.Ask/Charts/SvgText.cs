using System.Globalization;
using System.Net;
using System.Text;

namespace Aiops.Ask.Charts;

/// <summary>Writes an SVG document; every text is encoded.</summary>
internal sealed class SvgText
{
    public const double Width = 760;
    private const int LongestTitle = 84;

    // Colours that keep their distance in either scheme and for colour-blind eyes, in the order in which series take them.
    private const string Style =
        """
        svg{--bg:#fff;--ink:#1d2330;--soft:#5b6472;--line:#dfe3e9;--s0:#2b6cb0;--s1:#c2570c;--s2:#2f855a;--s3:#8b3fa8;--s4:#a8862a;--s5:#b83255;--s6:#3b7f8c;--s7:#6b7280;
        font:12px system-ui,"DejaVu Sans",sans-serif}
        @media(prefers-color-scheme:dark){svg{--bg:#15181e;--ink:#e8eaee;--soft:#a3abb8;--line:#2e3440;--s0:#6cb0f0;--s1:#f39b55;--s2:#6cc493;--s3:#cf93e6;--s4:#dcc06a;--s5:#f0849f;--s6:#7cc4d1;--s7:#aab2bf}}
        .bg{fill:var(--bg)}text{fill:var(--ink)}.t{font-size:15px;font-weight:600}.k{fill:var(--soft)}.g{stroke:var(--line);fill:none}.l{fill:none;stroke-width:2;stroke-linejoin:round}
        .f0{fill:var(--s0)}.f1{fill:var(--s1)}.f2{fill:var(--s2)}.f3{fill:var(--s3)}.f4{fill:var(--s4)}.f5{fill:var(--s5)}.f6{fill:var(--s6)}.f7{fill:var(--s7)}
        .c0{stroke:var(--s0)}.c1{stroke:var(--s1)}.c2{stroke:var(--s2)}.c3{stroke:var(--s3)}.c4{stroke:var(--s4)}.c5{stroke:var(--s5)}.c6{stroke:var(--s6)}.c7{stroke:var(--s7)}
        """;

    private readonly StringBuilder text = new();

    public SvgText(string title, double height)
    {
        text.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width:0} {height:0}\" width=\"{Width:0}\" height=\"{height:0}\" role=\"img\" aria-label=\"{Encoded(title, 300)}\">")
            .Append($"<style>{Style.ReplaceLineEndings("")}</style><rect class=\"bg\" width=\"100%\" height=\"100%\" rx=\"6\"/>");
        Text(16, 26, title, "t", longest: LongestTitle);
    }

    public SvgText Markup(FormattableString markup)
    {
        text.Append(markup.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    public SvgText Text(double x, double y, string words, string style = "", string anchor = "start", int longest = 60)
    {
        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\"{(style.Length > 0 ? $" class=\"{style}\"" : "")}{(anchor == "start" ? "" : $" text-anchor=\"{anchor}\"")}>{Encoded(words, longest)}</text>");
        return this;
    }

    /// <summary>A colour and a name for each of several series, in one row.</summary>
    public void Legend(IReadOnlyList<string> names)
    {
        var x = 16.0;
        for (var i = 0; names.Count > 1 && i < names.Count; i++)
        {
            Markup($"<rect class=\"f{i}\" x=\"{x:0.#}\" y=\"38\" width=\"10\" height=\"10\" rx=\"2\"/>");
            var room = Math.Max(4, (int)((Width - 32) / names.Count / 6.8) - 3);
            Text(x + 14, 47, names[i], "k", longest: room);
            x += Math.Min(names[i].Length, room) * 6.8 + 32;
        }
    }

    public string Finish() => text.Append("</svg>\n").ToString();

    private static string Encoded(string words, int longest) => WebUtility.HtmlEncode(Clean(words.Length <= longest ? words : words[..(longest - 1)] + "…"));

    // XML has no place for control characters and halves of surrogate pairs, encoded or not; marks that turn the direction of reading are dropped.
    private static string Clean(string words) => string.Concat(words.EnumerateRunes().Where(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
        .Select(rune => Rune.IsControl(rune) || rune.Value is 0xFFFE or 0xFFFF ? "\uFFFD" : rune.ToString()));
}
