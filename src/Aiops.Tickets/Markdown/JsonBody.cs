using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Aiops.Tickets.Markdown;

/// <summary>JSON as short as it gets: limits are counted on it, and it goes into JSON bodies alone, never into a page.</summary>
internal static class JsonBody
{
    public static string Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
