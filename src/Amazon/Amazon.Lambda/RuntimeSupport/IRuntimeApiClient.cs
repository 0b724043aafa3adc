namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Lambda's Runtime API, as a function's process calls it.</summary>
public interface IRuntimeApiClient
{
    Task ReportInitializationErrorAsync(Exception exception, CancellationToken cancellationToken = default);

    Task ReportInitializationErrorAsync(string errorType, CancellationToken cancellationToken = default);

    /// <summary>Waits until there is an event to handle.</summary>
    Task<InvocationRequest> GetNextInvocationAsync(CancellationToken cancellationToken = default);

    Task ReportInvocationErrorAsync(string awsRequestId, Exception exception, CancellationToken cancellationToken = default);

    Task SendResponseAsync(string awsRequestId, Stream outputStream, CancellationToken cancellationToken = default);
}
