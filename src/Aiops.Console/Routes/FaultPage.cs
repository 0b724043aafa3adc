using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Aiops.Console.Routes;

/// <summary>A page that fails says so, and says nothing of why: that is in the log.</summary>
internal sealed partial class FaultPage(ILogger<FaultPage> logger)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException && !context.Response.HasStarted)
        {
            context.Response.StatusCode = e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status400BadRequest; // A form too large or broken.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            LogFailed(e, context.Request.Path);
            await PageWriter.NoticeAsync(
                context, StatusCodes.Status500InternalServerError, "That didn't work", "The server's log has the reason. Nothing was lost; try again, and if it stays so, read the comment in the ticket.");
        }
    }

    [LoggerMessage(LogLevel.Error, "The page {Path} failed")]
    private partial void LogFailed(Exception exception, string path);
}
