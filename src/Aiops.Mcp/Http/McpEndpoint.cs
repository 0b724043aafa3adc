using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace Aiops.Mcp.Http;

/// <summary>The endpoint's three methods, for a caller who may use them.</summary>
internal sealed class McpEndpoint(McpSessions sessions, McpHttpOptions options, TimeProvider time)
{
    /// <returns>Why it isn't answered; null once it is.</returns>
    public async Task<Refusal?> AnswerAsync(HttpContext context, McpCaller? caller)
    {
        try
        {
            return await (context.Request.Method switch
            {
                "POST" => PostAsync(context, caller),
                "GET" => GetAsync(context, caller),
                "DELETE" => DeleteAsync(context, caller),
                _ => NotAllowedAsync(context),
            });
        }
        catch (OperationCanceledException)
        {
            return null; // The client left or called it off, or the session was ended: nobody waits for an answer.
        }
    }

    private async Task<Refusal?> PostAsync(HttpContext context, McpCaller? caller)
    {
        if (RequestChecks.OfPost(context.Request) is { } refusal)
        {
            return refusal;
        }

        var (message, wrong) = await MessageBody.ReadAsync(context, time);
        if (message is null)
        {
            return wrong;
        }

        var speaks = message is JsonRpcNotification or JsonRpcRequest { Method: not RequestMethods.Ping }; // To ask whether we live is no wish.
        var (session, refused) = context.Request.Headers[RequestChecks.SessionHeader].Count > 0
            ? await NamedAsync(context, caller, speaks)
            : await OpenedAsync(context, caller, message);
        if (session is null)
        {
            return refused;
        }

        try
        {
            if (Beginning.Is(message) && session.HasBegun)
            {
                return new Refusal(StatusCodes.Status400BadRequest, "The session has begun. Call initialize without its id for another.");
            }

            session.HasBegun = true;
            context.Response.Headers[RequestChecks.SessionHeader] = session.Id;
            return message is JsonRpcRequest request ? await CallAsync(context, session, request) : await TellAsync(context, session, message);
        }
        finally
        {
            sessions.Leave(session, speaks);
        }
    }

    private static async Task<Refusal?> CallAsync(HttpContext context, HttpSession session, JsonRpcRequest request)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        if (session.Calls.Begin(request.Id, waiting) is { } refusal)
        {
            return refusal;
        }

        try
        {
            EventStream.Begin(context);
            await session.Transport.HandlePostRequestAsync(request, context.Response.Body, waiting.Token);
            return null;
        }
        finally
        {
            session.Calls.End(request.Id);
        }
    }

    private static async Task<Refusal?> TellAsync(HttpContext context, HttpSession session, JsonRpcMessage message)
    {
        if (message is JsonRpcNotification notification)
        {
            await session.Transport.HandlePostRequestAsync(notification, Stream.Null, context.RequestAborted);
            session.Calls.CallOff(notification);
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted; // The only answers that we ask for are pings': to be heard is all.
        return null;
    }

    private async Task<Refusal?> GetAsync(HttpContext context, McpCaller? caller)
    {
        if (RequestChecks.OfGet(context.Request) is { } refusal)
        {
            return refusal;
        }

        var (session, refused) = await NamedAsync(context, caller, speaks: false);
        if (session is null)
        {
            return refused;
        }

        sessions.Leave(session, speaks: false); // To listen is no use of it: only to be alive.
        await session.ListenAsync(ended => EventStream.PingAsync(context, options.PingEvery, time, ended), context.RequestAborted);
        return null;
    }

    private async Task<Refusal?> DeleteAsync(HttpContext context, McpCaller? caller)
    {
        var (session, refused) = await NamedAsync(context, caller, speaks: true);
        if (session is not null)
        {
            await sessions.EndAsync(session);
        }

        return refused;
    }

    private async Task<(HttpSession? Session, Refusal? Refusal)> OpenedAsync(HttpContext context, McpCaller? caller, JsonRpcMessage message)
    {
        if (!Beginning.Is(message))
        {
            return (null, new Refusal(StatusCodes.Status400BadRequest, $"Begin with initialize, and send the {RequestChecks.SessionHeader} that answers it."));
        }

        var token = HttpGate.TokenOf(context.Request);
        return await sessions.OpenAsync(caller?.Id, () => token is null ? null : options.Callers?.Invoke(token));
    }

    private async Task<(HttpSession? Session, Refusal? Refusal)> NamedAsync(HttpContext context, McpCaller? caller, bool speaks)
    {
        if (context.Request.Headers[RequestChecks.SessionHeader] is not [{ } id])
        {
            return (null, new Refusal(StatusCodes.Status400BadRequest, $"Name the session, one: {RequestChecks.SessionHeader}."));
        }

        return await sessions.EnterAsync(id, caller?.Id, speaks) is { } session
            ? (session, null)
            : (null, new Refusal(StatusCodes.Status404NotFound, "There is no such session, or it has ended. Begin anew with initialize."));
    }

    private static Task<Refusal?> NotAllowedAsync(HttpContext context)
    {
        context.Response.Headers.Allow = "GET, POST, DELETE";
        return Task.FromResult<Refusal?>(new Refusal(StatusCodes.Status405MethodNotAllowed, "GET, POST or DELETE."));
    }
}
