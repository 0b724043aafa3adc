using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException; // Kestrel keeps an obsolete one of the same name.

namespace Aiops.Mcp.Http;

/// <summary>A POST's body as one message: no larger than the server takes, here in time, and of a form that the protocol has.</summary>
internal static class MessageBody
{
    public const int MostBytes = 256 * 1024;

    /// <summary>However slowly a body drips, a connection isn't held by it for longer.</summary>
    public static readonly TimeSpan ReadWithin = TimeSpan.FromSeconds(10);

    private static readonly JsonTypeInfo<JsonRpcMessage> MessageType = (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <returns>The message, or why there is none.</returns>
    public static async Task<(JsonRpcMessage? Message, Refusal? Refusal)> ReadAsync(HttpContext context, TimeProvider time)
    {
        var reader = context.Request.BodyReader;
        await using var patience = time.CreateTimer(_ => reader.CancelPendingRead(), null, ReadWithin, Timeout.InfiniteTimeSpan);
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(context.RequestAborted);
                if (read.IsCanceled)
                {
                    return (null, TooSlow(context));
                }

                if (read.IsCompleted)
                {
                    var parsed = Parse(read.Buffer);
                    reader.AdvanceTo(read.Buffer.End); // The connection is good for another request.
                    return parsed;
                }

                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (BadHttpRequestException e)
        {
            return (null, e.StatusCode switch
            {
                StatusCodes.Status408RequestTimeout => TooSlow(context),
                StatusCodes.Status413PayloadTooLarge => new Refusal(e.StatusCode, $"A message has {MostBytes} bytes at most."),
                _ => new Refusal(e.StatusCode, "The body is cut short, or its chunks are malformed."),
            });
        }
    }

    private static (JsonRpcMessage? Message, Refusal? Refusal) Parse(ReadOnlySequence<byte> body)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return (null, new Refusal(StatusCodes.Status400BadRequest, "That isn't JSON.") { Code = Refusal.NotJson });
        }

        using (document)
        {
            try
            {
                if (document.Deserialize(MessageType) is { } message)
                {
                    return Beginning.Refuses(message) is { } refusal ? (null, refusal) : (message, null);
                }
            }
            catch (JsonException)
            {
                // Said below.
            }
        }

        return (null, new Refusal(StatusCodes.Status400BadRequest, "That is no message of JSON-RPC 2.0; batches aren't taken."));
    }

    private static Refusal TooSlow(HttpContext context)
    {
        context.Response.Headers.Connection = "close"; // Whatever comes yet isn't waited for.
        return new Refusal(StatusCodes.Status408RequestTimeout, $"A message is to be here within {ReadWithin.TotalSeconds:0} seconds.");
    }
}
