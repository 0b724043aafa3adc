using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.DynamoDBv2.Model;

namespace Aiops.Aws.DynamoDb;

/// <summary>Records as compressed JSON in a binary attribute: items are limited in size, and paid for by the kilobyte.</summary>
internal static class Packed
{
    public static AttributeValue Attribute<T>(T value, JsonTypeInfo<T> type) => Attribute(Bytes(value, type));

    public static AttributeValue Attribute(byte[] packed) => new() { B = new MemoryStream(packed, writable: false) };

    public static byte[] Bytes<T>(T value, JsonTypeInfo<T> type)
    {
        using MemoryStream packed = new();
        using (BrotliStream brotli = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(brotli, value, type);
        }

        return packed.ToArray();
    }

    public static T Read<T>(AttributeValue attribute, JsonTypeInfo<T> type) => Read(attribute.B.ToArray(), type);

    public static T Read<T>(byte[] packed, JsonTypeInfo<T> type)
    {
        using BrotliStream brotli = new(new MemoryStream(packed, writable: false), CompressionMode.Decompress);
        return JsonSerializer.Deserialize(brotli, type)!;
    }
}
