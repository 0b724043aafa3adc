using System.Net;
using Aiops.Aws.Wire.Pipeline;
using Aiops.Pipeline.Reason.Models;
using Amazon.Runtime;

namespace Aiops.Aws.Wire;

/// <summary>What a service's error code and status mean.</summary>
internal static class WireErrors
{
    private static readonly HashSet<string> Throttles = new(StringComparer.OrdinalIgnoreCase)
    {
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException",
        "TooManyRequestsException", "RequestLimitExceeded", "BandwidthLimitExceeded", "LimitExceededException", "LimitExceeded",
        "SlowDown", "PriorRequestNotComplete", "ProvisionedThroughputExceededException", "ServiceQuotaExceededException",
        "KmsThrottled", "ModelNotReadyException", "OverLimit",
    };

    private static readonly HashSet<string> Denials = new(StringComparer.OrdinalIgnoreCase)
    {
        "UnauthorizedOperation", "UnauthorizedException", "NotAuthorized", "Unauthorized", "AuthFailure",
        "InvalidClientTokenId", "UnrecognizedClientException", "ExpiredToken", "ExpiredTokenException",
        "SignatureDoesNotMatch", "InvalidSignatureException", "IncompleteSignature", "IncompleteSignatureException",
        "MissingAuthenticationToken", "MissingAuthenticationTokenException", "InvalidAccessKeyId",
        "OptInRequired", "RequestExpired", "InvalidSecurity",
    };

    public static WireException From(AmazonServiceException error, WireService service, string operation, DateTimeOffset now)
    {
        var code = error.ErrorCode ?? "";
        return new WireException(
            FailureOf(code, error.StatusCode),
            code,
            $"{service.Id} {operation}: {(code.Length > 0 ? code : ((int)error.StatusCode).ToString())}: {error.Message}",
            error)
        {
            RetryAfter = RetryAfterHeader.Wait(WireRetries.HeaderOf(error), now),
        };
    }

    public static bool IsThrottle(string code, HttpStatusCode status)
        => Throttles.Contains(code) || status == HttpStatusCode.TooManyRequests;

    // A code says more than a status: services answer 400 to throttles and to missing things alike.
    private static WireFailure FailureOf(string code, HttpStatusCode status) => code switch
    {
        _ when IsThrottle(code, status) => WireFailure.Throttled,
        _ when Denials.Contains(code) || Says(code, "AccessDenied") => WireFailure.Denied,
        _ when Says(code, "NotFound") || Says(code, "DoesNotExist") || Says(code, "NonExistent") => WireFailure.Missing,
        "NoAvailableConfigurationRecorderException" or "QueueDeletedRecently" => WireFailure.Missing,
        "RequestTimeout" or "RequestTimeoutException" or "ModelTimeoutException" or "ServiceUnavailable" or "InternalFailure"
            => WireFailure.Unavailable,
        _ => status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => WireFailure.Denied,
            HttpStatusCode.NotFound => WireFailure.Missing,
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => WireFailure.Unavailable,
            >= HttpStatusCode.BadRequest => WireFailure.Invalid,
            _ => WireFailure.Unavailable, // 200 with a body that isn't an answer.
        },
    };

    private static bool Says(string code, string word) => code.Contains(word, StringComparison.OrdinalIgnoreCase);
}
