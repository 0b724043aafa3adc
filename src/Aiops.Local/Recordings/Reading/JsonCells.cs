using System.Text.Json;

namespace Aiops.Local.Recordings.Reading;

/// <summary>Finds the values of a JSON object, without decoding any.</summary>
internal static class JsonCells
{
    /// <summary>Fills the cells that the schema asks for; false when it isn't an object.</summary>
    /// <exception cref="JsonException">It isn't JSON, or something follows the object.</exception>
    public static bool Read(ReadOnlySpan<byte> text, RowSchema schema, Span<Cell> cells)
    {
        var reader = new Utf8JsonReader(text);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = schema.Find(reader.ValueSpan);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            var form = reader.TokenType switch
            {
                JsonTokenType.String => reader.ValueIsEscaped ? CellForm.EscapedText : CellForm.Text,
                JsonTokenType.Number => CellForm.Number,
                JsonTokenType.Null => CellForm.Absent,
                _ => CellForm.Json,
            };
            var quote = reader.TokenType == JsonTokenType.String ? 1 : 0;
            reader.Skip();
            if (field >= 0)
            {
                cells[field] = new Cell(start + quote, (int)reader.BytesConsumed - start - (2 * quote), form);
            }
        }

        return !reader.Read(); // Throws when something follows the object.
    }
}
