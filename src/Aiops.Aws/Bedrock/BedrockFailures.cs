using System.Net;
using Aiops.Aws.Wire;
using Aiops.Pipeline.Reason.Models;
using Amazon.Runtime;

namespace Aiops.Aws.Bedrock;

/// <summary>What a failed call of Converse is to the caller. The service's own words are left out: they may repeat the prompt.</summary>
internal static class BedrockFailures
{
    // Codes of the operation's model and of every service's door; what is not listed here is not repeated.
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "AccessDeniedException", "ThrottlingException", "ResourceNotFoundException", "ModelTimeoutException", "InternalServerException",
        "ServiceUnavailableException", "ValidationException", "ModelNotReadyException", "ModelErrorException", "ServiceQuotaExceededException",
        "UnrecognizedClientException", "ExpiredTokenException", "InvalidSignatureException", "IncompleteSignature", "MissingAuthenticationToken",
    };

    public static ModelException Of(Exception error, string told)
    {
        var chain = Chain(error).ToList();
        var wire = error as WireException;
        var answered = chain.OfType<AmazonServiceException>().FirstOrDefault(one => one.StatusCode != default);
        return wire switch
        {
            _ when chain.OfType<BrokenAnswerException>().FirstOrDefault() is { } broken => Charged(ModelFailure.Malformed, $"The answer of {told} {broken.Reason}."),
            _ when (int?)answered?.StatusCode is >= 300 and < 400 => Refused($"{told} answered {(int)answered!.StatusCode}", "It is elsewhere; write in \"endpoint\" where."),
            _ when chain.Any(one => one is AmazonUnmarshallingException) => Charged(ModelFailure.Malformed, $"The answer of {told} is not the protocol's JSON."),
            { Failure: WireFailure.Denied } when answered is null => Refused("There are no credentials", "Give the process some: a role, a profile, or the environment's."),
            not null when answered is not null => OfService(wire, answered.StatusCode),
            _ => OfTransport(),
        };

        ModelException OfService(WireException wire, HttpStatusCode status)
        {
            var said = $"{told} answered {(Known.Contains(wire.Code) ? wire.Code : ((int)status).ToString())}";
            return (wire.Code, wire.Failure, (int)status) switch
            {
                ("ModelTimeoutException", _, _) or (_, _, 504) => Charged(ModelFailure.TimedOut, $"{said}: it took too long."),
                ("ModelErrorException", _, _) => Uncharged(ModelFailure.Unavailable, $"{said}: the model failed."),
                (_, WireFailure.Throttled, _) => Uncharged(ModelFailure.Throttled, $"{said}: too many requests for now."),
                (_, WireFailure.Denied, _) => Refused(said, "Let the role call bedrock:InvokeModel on the model, and have access to the model given to the account."),
                (_, WireFailure.Missing, _) => Refused(said, "Name a model that this Region has."),
                (_, WireFailure.Invalid, _) => Refused(
                    said, "Check the model's id; some models take no tools, and some are reached by an inference profile alone: name it in \"inferenceProfile\"."),
                _ => Uncharged(ModelFailure.Unavailable, $"{said}: it is out of order."),
            };
        }

        ModelException OfTransport() => chain.OfType<HttpRequestException>().Select(one => one.HttpRequestError).FirstOrDefault() switch
        {
            HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError
                => Uncharged(ModelFailure.Unavailable, $"{told} can't be reached."),
            HttpRequestError.InvalidResponse => Charged(ModelFailure.Malformed, $"{told} doesn't speak HTTP."),
            _ when chain.Any(one => one is OperationCanceledException or TimeoutException) => Charged(ModelFailure.TimedOut, $"{told} gave no answer in time."),
            _ => Charged(ModelFailure.Unavailable, $"{told} hung up without an answer."),
        };

        ModelException Charged(ModelFailure failure, string message) => new(failure, message, charged: true, inner: error);
        ModelException Uncharged(ModelFailure failure, string message) => new(failure, message, wire?.RetryAfter, inner: error);
        ModelException Refused(string said, string remedy) => new(ModelFailure.Refused, $"{(answered is null ? $"{said} for {told}" : said)}. {remedy}", inner: error);
    }

    private static IEnumerable<Exception> Chain(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            yield return error;
        }
    }
}
