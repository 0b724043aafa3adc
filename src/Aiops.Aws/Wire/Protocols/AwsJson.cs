using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime.Internal;

namespace Aiops.Aws.Wire.Protocols;

/// <summary>awsJson 1.0 and 1.1: everything in the body, the operation in a header.</summary>
internal static class AwsJson
{
    public static void Write<TRequest>(
        TRequest request, JsonTypeInfo<TRequest> type, WireService service, string operation, IRequest http)
    {
        http.Content = JsonSerializer.SerializeToUtf8Bytes(request, type);
        http.Headers["Content-Type"] = $"application/x-amz-json-{(service.Protocol == WireProtocol.Json10 ? "1.0" : "1.1")}";
        http.Headers["X-Amz-Target"] = $"{service.TargetPrefix}.{operation}";
    }

    /// <summary>An operation without output answers with nothing or <c>{}</c>; both are its empty record.</summary>
    public static TResponse Read<TResponse>(Stream body, JsonTypeInfo<TResponse> type)
        where TResponse : class
    {
        var bytes = ReadAll(body);
        return JsonSerializer.Deserialize(bytes.Length == 0 ? "{}"u8 : bytes, type)
            ?? throw new JsonException("The answer is null.");
    }

    public static byte[] ReadAll(Stream body)
    {
        using MemoryStream all = new();
        body.CopyTo(all);
        return all.ToArray();
    }
}
