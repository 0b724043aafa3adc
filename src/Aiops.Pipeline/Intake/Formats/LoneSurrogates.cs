using System.Buffers.Text;

namespace Aiops.Pipeline.Intake.Formats;

/// <summary>
/// JSON may spell half of a surrogate pair (<c>\ud83d</c> alone), which is no character: senders that cut a text in the
/// middle of an emoji do so. Such a half becomes <c>\ufffd</c>, so that the alarm is read and the text shows the damage.
/// </summary>
internal static class LoneSurrogates
{
    private const int EscapeLength = 6;

    /// <summary>The same bytes when there is nothing to replace, else a copy of the same length.</summary>
    public static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> json)
    {
        var text = json.Span;
        byte[]? copy = null;
        for (var at = text.IndexOf((byte)'\\'); at >= 0 && at < text.Length;)
        {
            var unit = Unit(text[at..]);
            var step = unit < 0 ? 2 : EscapeLength;
            if (unit is >= 0xD800 and <= 0xDBFF && Unit(text[(at + EscapeLength)..]) is >= 0xDC00 and <= 0xDFFF)
            {
                step = 2 * EscapeLength;
            }
            else if (unit is >= 0xD800 and <= 0xDFFF)
            {
                copy ??= json.ToArray();
                "\\ufffd"u8.CopyTo(copy.AsSpan(at));
            }

            var next = at + step < text.Length ? text[(at + step)..].IndexOf((byte)'\\') : -1;
            at = next < 0 ? -1 : at + step + next;
        }

        return copy ?? json;
    }

    /// <summary>The UTF-16 unit that an escape at the start spells, or -1.</summary>
    private static int Unit(ReadOnlySpan<byte> text)
        => text.Length >= EscapeLength && text[0] == '\\' && text[1] == 'u'
            && Utf8Parser.TryParse(text[2..EscapeLength], out ushort unit, out var read, 'x') && read == 4
                ? unit
                : -1;
}
