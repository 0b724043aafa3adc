using System.ClientModel.Primitives;
using System.Text.Json;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Local.Models;

/// <summary>What a failed request is to the caller. The server's own words are left out: it may say back the key or the prompt.</summary>
internal static class OpenAiFailures
{
    // Codes that say more than the status; what is not listed here is not repeated.
    private static readonly Dictionary<string, string> Known = new()
    {
        ["insufficient_quota"] = "Its account has no credit left; add some.",
        ["billing_hard_limit_reached"] = "Its account has reached its limit; raise it.",
        ["rate_limit_exceeded"] = "",
        ["invalid_api_key"] = "Renew the key that \"apiKey\" names.",
        ["model_not_found"] = "Name a model that the server has.",
        ["context_length_exceeded"] = "Name a model with a longer context.",
        ["unsupported_parameter"] = "Name a model that takes tools and JSON schemas.",
        ["unsupported_value"] = "Name a model that takes tools and JSON schemas.",
        ["content_filter"] = "",
        ["invalid_request_error"] = "",
        ["server_error"] = "",
    };

    public static ModelException OfStatus(PipelineResponse response, OpenAiOptions server)
    {
        var status = response.Status;
        var code = Code(response.Content);
        var wait = RetryAfterHeader.Wait(response.Headers.TryGetValue("Retry-After", out var header) ? header : null, server.Time.GetUtcNow());
        var told = $"{server.Model} at {server.Where} answered {status}{(code is null ? "" : $" ({code})")}";
        return (status, code) switch
        {
            (_, "insufficient_quota" or "billing_hard_limit_reached") => Refused(Known[code]),
            (429, _) => new ModelException(ModelFailure.Throttled, $"{told}: too many requests for now.", wait),
            (408, _) => new ModelException(ModelFailure.TimedOut, $"{told}: it took too long."),
            (504, _) => new ModelException(ModelFailure.TimedOut, $"{told}: it took too long.", wait, charged: true), // What is behind the gateway may write on.
            ( >= 500, _) => new ModelException(ModelFailure.Unavailable, $"{told}: it is out of order.", wait),
            ( >= 300 and < 400, _) => Refused("It is elsewhere; write in \"endpoint\" where."),
            (401 or 403, _) => Refused("Check the key that \"apiKey\" names, and its rights."),
            (404, _) => Refused("Check \"endpoint\", and name a model that the server has."),
            (413, _) => Refused("Name a model with a longer context."),
            _ => Refused(code is not null && Known[code] is { Length: > 0 } remedy ? remedy : "Name a model that takes tools and JSON schemas, with room for the brief."),
        };

        ModelException Refused(string remedy) => new(ModelFailure.Refused, $"{told}. {remedy}");
    }

    /// <param name="late">Our own time for the call is over.</param>
    public static ModelException OfTransport(Exception error, bool late, OpenAiOptions server)
    {
        var told = $"{server.Model} at {server.Where}";
        var chain = Chain(error).ToList();
        if (late)
        {
            return new ModelException(ModelFailure.TimedOut, $"{told} gave no answer within {server.Timeout.TotalSeconds:0.#} s.", charged: true, inner: error);
        }

        if (chain.OfType<BrokenAnswerException>().FirstOrDefault() is { } broken)
        {
            return new ModelException(ModelFailure.Malformed, $"The answer of {told} {broken.Reason}.", charged: true, inner: error);
        }

        var http = chain.OfType<HttpRequestException>().Select(one => one.HttpRequestError).FirstOrDefault();
        return http switch
        {
            HttpRequestError.NameResolutionError => Unsent("its name is unknown"),
            HttpRequestError.SecureConnectionError => Unsent("no secure connection"),
            HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError => Unsent("nobody answers there"),
            _ when chain.Any(one => one is TimeoutException) => Unsent("nobody answers there"), // The time for the connection.
            HttpRequestError.InvalidResponse => new ModelException(ModelFailure.Malformed, $"{told} doesn't speak HTTP.", charged: true, inner: error),
            _ => new ModelException(ModelFailure.Unavailable, $"{told} hung up without an answer.", charged: true, inner: error),
        };

        ModelException Unsent(string why) => new(ModelFailure.Unavailable, $"{told} can't be reached: {why}.", inner: error);
    }

    private static string? Code(BinaryData body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.ToMemory().Span, CompletionJson.Plain.CompletionErrorBody) is { Error: { ValueKind: JsonValueKind.Object } error }
                ? KnownWord(error, "code") ?? KnownWord(error, "type")
                : null;
        }
        catch (JsonException)
        {
            return null; // A proxy's page.
        }
    }

    private static string? KnownWord(JsonElement error, string name)
        => error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } word && Known.ContainsKey(word)
            ? word
            : null;

    private static IEnumerable<Exception> Chain(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            yield return error;
        }
    }
}
