using System.Net;
using Amazon.Runtime;

namespace Aiops.Aws;

/// <summary>Which errors of a service may be gone the next time.</summary>
internal static class AwsErrors
{
    private static readonly HashSet<string> Passing = new(StringComparer.Ordinal)
    {
        "ProvisionedThroughputExceededException", "RequestLimitExceeded", "ThrottlingException", "Throttling", "TooManyRequestsException",
        "TransactionInProgressException", "InternalServerError", "InternalServerErrorException", "InternalError", "InternalFailure",
        "ServiceUnavailable", "ServiceUnavailableException", "SlowDown", "RequestTimeout", "RequestTimeoutException", "LimitExceededException",
        "ExecutionLimitExceeded", "KmsThrottlingException", "KMSThrottlingException", "ServiceQuotaExceededException",
    };

    public static bool MayPass(Exception exception) => exception switch
    {
        AmazonServiceException e => Passing.Contains(e.ErrorCode ?? "") || e.StatusCode >= HttpStatusCode.InternalServerError
            || e.StatusCode == HttpStatusCode.TooManyRequests || (e.StatusCode == default && e.ErrorCode is null),
        AmazonClientException e => e.InnerException is not null && MayPass(e.InnerException),
        HttpRequestException or IOException or TimeoutException => true,
        OperationCanceledException e => e.InnerException is TimeoutException, // The client's own time-out, not our caller.
        _ => false,
    };
}
