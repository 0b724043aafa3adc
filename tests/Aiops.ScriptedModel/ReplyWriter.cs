using System.Text;
using Aiops.ScriptedModel.Wires;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Aiops.ScriptedModel;

/// <summary>Puts a reply on the connection, with all that may go wrong there.</summary>
/// <param name="gone">Cancelled when the client hangs up or the server stops.</param>
internal sealed class ReplyWriter(HttpContext context, CancellationToken gone)
{
    private static readonly byte[] Filling = Encoding.ASCII.GetBytes(new string('x', 64 * 1024));

    /// <param name="render">Writes a reply that has a body.</param>
    public Task WriteAsync(ScriptedReply reply, Func<ScriptedReply, HttpAnswer> render) => reply switch
    {
        ScriptedReply.Hang => HangAsync(),
        ScriptedReply.Drip drip => DripAsync(Rendered(drip.Whole, render), drip.Bytes, drip.Pause),
        ScriptedReply.Truncated { Disconnect: false } part => WriteAsync(Part(Rendered(part.Whole, render), part.Bytes)),
        ScriptedReply.Truncated part => BreakAsync(Rendered(part.Whole, render), part.Bytes),
        ScriptedReply.Huge huge => HugeAsync(huge.Status),
        ScriptedReply.HangUp => HangUpAsync(),
        ScriptedReply.Garbage => GarbageAsync(),
        _ => WriteAsync(Rendered(reply, render)),
    };

    public async Task WriteAsync(HttpAnswer answer)
    {
        Begin(answer);
        await context.Response.Body.WriteAsync(answer.Body, gone);
    }

    private static HttpAnswer Rendered(ScriptedReply reply, Func<ScriptedReply, HttpAnswer> render) => reply is ScriptedReply.Page page
        ? new HttpAnswer(page.Status, page.ContentType, Encoding.UTF8.GetBytes(page.Body)) { Headers = new(page.Headers) }
        : render(reply);

    private static HttpAnswer Part(HttpAnswer whole, int bytes) => whole with { Body = whole.Body[..Math.Min(bytes, whole.Body.Length)] };

    private void Begin(HttpAnswer answer, bool ofKnownLength = true)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = ofKnownLength ? answer.Body.Length : null;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }
    }

    private Task HangAsync() => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone);

    private async Task DripAsync(HttpAnswer answer, int bytes, TimeSpan pause)
    {
        Begin(answer);
        foreach (var some in answer.Body.Chunk(bytes))
        {
            await context.Response.Body.WriteAsync(some, gone);
            await context.Response.Body.FlushAsync(gone);
            await Task.Delay(pause, TimeProvider.System, gone);
        }
    }

    private async Task BreakAsync(HttpAnswer answer, int bytes)
    {
        Begin(answer);
        await context.Response.Body.WriteAsync(answer.Body.AsMemory(0, Math.Min(bytes, answer.Body.Length - 1)), gone);
        await context.Response.Body.FlushAsync(gone); // Less than was promised: Kestrel closes the connection. An abort might overtake the bytes.
    }

    private async Task HugeAsync(int status)
    {
        Begin(new HttpAnswer(status, "application/json", []), ofKnownLength: false);
        await context.Response.Body.WriteAsync("{\"filling\":\""u8.ToArray(), gone);
        while (true)
        {
            await context.Response.Body.WriteAsync(Filling, gone);
            await context.Response.Body.FlushAsync(gone);
        }
    }

    private Task HangUpAsync()
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private async Task GarbageAsync()
    {
        var connection = context.Features.GetRequiredFeature<IConnectionTransportFeature>();
        await connection.Transport.Output.WriteAsync("\u0007SSH-2.0-nothing to see here\r\n\r\n"u8.ToArray(), gone);
        await HangAsync(); // The client hangs up at this; an abort now might overtake the bytes.
    }
}
