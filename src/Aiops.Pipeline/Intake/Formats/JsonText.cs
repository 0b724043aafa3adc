using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Aiops.Pipeline.Intake.Formats;

/// <summary>Bytes to JSON, or a reason that says where they stop being JSON.</summary>
internal static class JsonText
{
    private const int ShownOfText = 40;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = EventReader.MaxJsonDepth };

    /// <remarks>Of a key given twice the last counts, as with most senders' own parsers. Half surrogate pairs read as U+FFFD.</remarks>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> text, out string? problem)
    {
        if (text.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            text = text[Encoding.UTF8.Preamble.Length..];
        }

        problem = text.Span.Trim(" \t\r\n"u8).IsEmpty ? "empty: expected a JSON object" : ProblemOfEncoding(text.Span);
        if (problem is not null)
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(LoneSurrogates.Replace(text), Options);
        }
        catch (JsonException e)
        {
            problem = Explain(text.Span, e);
            return null;
        }
    }

    private static string? ProblemOfEncoding(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
        {
            return null;
        }

        if (text.StartsWith(Encoding.Unicode.Preamble) || text.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            return "not UTF-8 but UTF-16: send UTF-8";
        }

        var at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return $"not UTF-8: 0x{text[at]:X2} at byte {at:N0} begins no character; send UTF-8";
    }

    private static string Explain(ReadOnlySpan<byte> text, JsonException error)
    {
        var at = OffsetOf(text, error);
        if (IsTooDeep(text))
        {
            return $"nested deeper than {EventReader.MaxJsonDepth} levels at byte {at:N0}";
        }

        var start = text.TrimStart(" \t\r\n"u8);
        if (start[0] is not ((byte)'{' or (byte)'[' or (byte)'"'))
        {
            return $"not JSON but a text that starts {Encoding.UTF8.GetString(start).Quoted(ShownOfText)}: send a JSON object";
        }

        return at >= text.Length
            ? $"not JSON: it ends at byte {at:N0} before its object is complete"
            : $"not JSON: unexpected {Shown(text[at..])} at byte {at:N0}";
    }

    private static string Shown(ReadOnlySpan<byte> text)
        => Rune.DecodeFromUtf8(text, out var rune, out _) == System.Buffers.OperationStatus.Done ? rune.ToString().Quoted(2) : "a byte";

    /// <summary>The parser counts lines and bytes in the line; people look for one offset.</summary>
    private static int OffsetOf(ReadOnlySpan<byte> text, JsonException error)
    {
        var start = 0;
        for (var line = error.LineNumber ?? 0; line > 0; line--)
        {
            start += text[start..].IndexOf((byte)'\n') + 1;
        }

        return (int)Math.Min(text.Length, start + (error.BytePositionInLine ?? 0));
    }

    private static bool IsTooDeep(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= EventReader.MaxJsonDepth
                    && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    return true;
                }
            }
        }
        catch (JsonException)
        {
            return false; // Broken before it is too deep.
        }

        return false;
    }
}
