using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Aiops.Pipeline.Comment.Report;

/// <summary>
/// HTML being written, drawings included. <see cref="Markup"/> takes what is ours: tags, figures, times. Whatever came from
/// outside goes through <see cref="Text"/> or <see cref="Block"/>, which mask it while it is whole, shorten and encode it.
/// </summary>
internal sealed class HtmlText(Func<string, string> mask)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder html = new();

    public HtmlText Markup(string markup)
    {
        html.Append(markup);
        return this;
    }

    public HtmlText Text(string text, int longest = 600)
    {
        html.Append(Encoded(text, longest));
        return this;
    }

    /// <summary>A name where there is little room. Names differ at their ends, so the middle goes.</summary>
    public HtmlText Name(string name, int longest)
    {
        name = MarkdownText.Line(mask(name));
        var end = (longest - 1) / 2;
        html.Append(Encoder.Encode(name.Length <= longest ? name : $"{name[..(longest - 1 - end)]}…{name[^end..]}"));
        return this;
    }

    /// <summary>Text in an element of its own.</summary>
    /// <param name="attributes">Ours; see <see cref="Encoded"/> for what isn't.</param>
    public HtmlText Element(string tag, string text, string attributes = "", int longest = 600)
        => Markup($"<{tag}{(attributes.Length == 0 ? "" : " " + attributes)}>").Text(text, longest).Markup($"</{tag}>");

    /// <summary>Text whose line breaks matter: a command.</summary>
    public HtmlText Block(string text, int longest = 4_000)
    {
        var lines = mask(text).ReplaceLineEndings("\n").Split('\n').Select(line => MarkdownText.Line(line, longest));
        html.AppendJoin('\n', lines.Take(60).Select(Encoder.Encode));
        return this;
    }

    /// <summary>Text for an attribute in double quotes.</summary>
    public string Encoded(string text, int longest = 600) => Encoder.Encode(MarkdownText.Line(mask(text), longest));

    public override string ToString() => html.ToString();
}
