using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Aiops.Mcp.Http;

/// <summary>What is sent while a client waits, as server-sent events.</summary>
internal static class EventStream
{
    public static void Begin(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    /// <summary>
    /// Pings, and nothing else, for the server has nothing to say by itself: whoever lives answers them, and proxies between see that the
    /// connection is in use.
    /// </summary>
    public static async Task PingAsync(HttpContext context, TimeSpan every, TimeProvider time, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(every, time);
        Begin(context);
        await context.Response.Body.FlushAsync(cancellationToken); // At once: whoever listens is answered before there is anything to say.
        for (var number = 1L; await timer.WaitForNextTickAsync(cancellationToken); number++)
        {
            var ping = string.Create(CultureInfo.InvariantCulture, $$"""event: message{{'\n'}}data: {"jsonrpc":"2.0","id":"aiops-{{number}}","method":"ping"}{{'\n'}}{{'\n'}}""");
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(ping), cancellationToken);
            await context.Response.Body.FlushAsync(cancellationToken);
        }
    }
}
