using System.Text;

namespace Aiops.Local.Recordings.Reading;

/// <summary>The fields that a part asks for; each may go by several names. A field's place in the list is its number.</summary>
internal sealed class RowSchema
{
    private readonly (byte[] Name, int Field)[] names;

    public RowSchema(params string[] fields)
    {
        FieldCount = fields.Length;
        names = [.. fields.SelectMany(
            (field, number) => field.Split('|').Select(name => (Encoding.UTF8.GetBytes(name), number)))];
        Names = [.. fields.Select(field => field.Split('|')[0])];
    }

    public int FieldCount { get; }

    /// <summary>Each field's first name.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The field's number, or -1 for one that nobody asked for.</summary>
    public int Find(scoped ReadOnlySpan<byte> name)
    {
        foreach (var (known, field) in names)
        {
            if (name.SequenceEqual(known))
            {
                return field;
            }
        }

        return -1;
    }
}
