using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Aiops.Mcp.Http;

/// <summary>A session's requests that aren't answered yet, by their ids.</summary>
internal sealed class CallsUnderWay
{
    /// <summary>One session must not hold every connection.</summary>
    public const int Most = 16;

    private static readonly JsonTypeInfo<CancelledNotificationParams> CancelledType
        = (JsonTypeInfo<CancelledNotificationParams>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CancelledNotificationParams));

    private readonly Dictionary<RequestId, CancellationTokenSource> calls = [];
    private readonly Lock gate = new();

    /// <returns>Null where it may begin; whoever began it ends it.</returns>
    public Refusal? Begin(RequestId id, CancellationTokenSource waiting)
    {
        lock (gate)
        {
            if (calls.Count >= Most)
            {
                return new Refusal(StatusCodes.Status429TooManyRequests, $"{Most} requests of the session are under way. Wait for an answer.") { Id = id, RetryAfter = TimeSpan.FromSeconds(1) };
            }

            return calls.TryAdd(id, waiting) ? null : new Refusal(StatusCodes.Status400BadRequest, "A request of that id is under way. Number each anew.") { Id = id };
        }
    }

    public void End(RequestId id)
    {
        lock (gate)
        {
            calls.Remove(id);
        }
    }

    /// <summary>Ends the wait for an answer that will never come: what was called off isn't answered.</summary>
    public void CallOff(JsonRpcNotification notification)
    {
        if (notification.Method != NotificationMethods.CancelledNotification || Named(notification) is not { } id)
        {
            return;
        }

        lock (gate)
        {
            if (calls.TryGetValue(id, out var waiting))
            {
                waiting.Cancel();
            }
        }
    }

    private static RequestId? Named(JsonRpcNotification notification)
    {
        try
        {
            return notification.Params?.Deserialize(CancelledType)?.RequestId;
        }
        catch (JsonException)
        {
            return null; // It names nothing that could be called off.
        }
    }
}
