using System.Text;
using System.Text.Json;

namespace Aiops.Local.Import;

/// <summary>Unwraps the line that a container runtime wrapped: <c>{"log":"…\n","stream":"stdout","time":"…"}</c>.</summary>
internal sealed class ContainerLog
{
    private byte[] bytes = new byte[4096];
    private char[] chars = new char[4096];

    /// <summary>The line itself, valid until the next call; what isn't wrapped is answered as it came.</summary>
    public ReadOnlySpan<char> Unwrap(ReadOnlySpan<char> text)
    {
        if (text.Length == 0 || text[0] != '{')
        {
            return text;
        }

        if (bytes.Length < text.Length * 3)
        {
            bytes = new byte[text.Length * 3];
            chars = new char[text.Length * 3];
        }

        try
        {
            var reader = new Utf8JsonReader(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("log"u8))
                {
                    return reader.Read() && reader.TokenType == JsonTokenType.String
                        ? chars.AsSpan(0, reader.CopyString(chars)).TrimEnd("\r\n")
                        : text;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return text; // Cut short or damaged: the raw line says more than none.
        }

        return text;
    }
}
