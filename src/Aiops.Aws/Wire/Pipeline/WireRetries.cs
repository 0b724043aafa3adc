using Aiops.Pipeline.Reason.Models;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Aiops.Aws.Wire.Pipeline;

/// <summary>
/// The SDK's rules for what is worth another attempt, with waits of our own: full jitter over a doubling back-off, no shorter
/// than the service asks, and none that would end after the call's deadline.
/// </summary>
internal sealed class WireRetries(WireConfig config) : StandardRetryPolicy(config)
{
    private const double FirstWaitSeconds = 0.5;

    public override bool IsThrottlingError(Exception exception)
        => base.IsThrottlingError(exception)
            || exception is AmazonServiceException error && WireErrors.IsThrottle(error.ErrorCode ?? "", error.StatusCode);

    public override async Task<bool> RetryForExceptionAsync(IExecutionContext executionContext, Exception exception)
    {
        if (!await base.RetryForExceptionAsync(executionContext, exception))
        {
            return false;
        }

        var envelope = (WireEnvelope)executionContext.RequestContext.OriginalRequest;
        var options = config.Options;
        var now = options.Time.GetUtcNow();
        envelope.Wait = Max(
            BackOff(executionContext.RequestContext.Retries, options), RetryAfterHeader.Wait(HeaderOf(exception), now) ?? TimeSpan.Zero);
        return now + envelope.Wait < envelope.Deadline;
    }

    public override Task WaitBeforeRetryAsync(IExecutionContext executionContext) => Task.Delay(
        ((WireEnvelope)executionContext.RequestContext.OriginalRequest).Wait,
        config.Options.Time,
        executionContext.RequestContext.CancellationToken);

    private static TimeSpan BackOff(int retries, WireOptions options)
    {
        var ceiling = Math.Min(FirstWaitSeconds * Math.Pow(2, retries), options.MaxWait.TotalSeconds);
        return TimeSpan.FromSeconds(options.Jitter() * ceiling);
    }

    /// <summary>What the service wrote in <c>Retry-After</c>; null for nothing.</summary>
    public static string? HeaderOf(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is HttpErrorResponseException { Response: IWebResponseData response })
            {
                return response.IsHeaderPresent("Retry-After") ? response.GetHeaderValue("Retry-After") : null;
            }
        }

        return null;
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
