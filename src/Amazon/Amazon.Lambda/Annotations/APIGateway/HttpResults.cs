using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>
/// Answers by status. A string body is text as it is; a stream or bytes travel as base 64; anything else is written by the
/// function's serializer, which is asked for <see cref="object"/>: a source-generated context must list that type as well.
/// </summary>
public class HttpResults : IHttpResult
{
    private const string ContentType = "content-type";
    private readonly object body;
    private Dictionary<string, List<string>> headers;

    private HttpResults(HttpStatusCode statusCode, object body = null)
    {
        StatusCode = statusCode;
        this.body = body;
    }

    public HttpStatusCode StatusCode { get; }

    public static IHttpResult Ok(object body = null) => new HttpResults(HttpStatusCode.OK, body);

    public static IHttpResult Created(string uri = null, object body = null) =>
        new HttpResults(HttpStatusCode.Created, body).At(uri);

    public static IHttpResult Accepted(object body = null) => new HttpResults(HttpStatusCode.Accepted, body);

    /// <summary>301 or 302; with the method preserved, 308 or 307.</summary>
    public static IHttpResult Redirect(string uri, bool permanent = false, bool preserveMethod = false) =>
        new HttpResults((permanent, preserveMethod) switch
        {
            (true, true) => HttpStatusCode.PermanentRedirect,
            (false, true) => HttpStatusCode.TemporaryRedirect,
            (true, false) => HttpStatusCode.MovedPermanently,
            (false, false) => HttpStatusCode.Redirect,
        }).At(uri);

    public static IHttpResult BadRequest(object body = null) => new HttpResults(HttpStatusCode.BadRequest, body);

    public static IHttpResult Unauthorized() => new HttpResults(HttpStatusCode.Unauthorized);

    public static IHttpResult Forbid(object body = null) => new HttpResults(HttpStatusCode.Forbidden, body);

    public static IHttpResult NotFound(object body = null) => new HttpResults(HttpStatusCode.NotFound, body);

    public static IHttpResult Conflict(object body = null) => new HttpResults(HttpStatusCode.Conflict, body);

    public static IHttpResult InternalServerError(object body = null) =>
        new HttpResults(HttpStatusCode.InternalServerError, body);

    public static IHttpResult BadGateway() => new HttpResults(HttpStatusCode.BadGateway);

    /// <param name="delaySeconds">For the Retry-After header, where positive.</param>
    public static IHttpResult ServiceUnavailable(int? delaySeconds = null)
    {
        var result = new HttpResults(HttpStatusCode.ServiceUnavailable);
        return delaySeconds > 0 ? result.AddHeader("retry-after", $"{delaySeconds}") : result;
    }

    public static IHttpResult NewResult(HttpStatusCode statusCode, object body = null) => new HttpResults(statusCode, body);

    public IHttpResult AddHeader(string name, string value)
    {
        headers ??= [];
        name = name.ToLowerInvariant();
        if (!headers.TryGetValue(name, out var values))
            headers[name] = values = [];
        values.Add(value);
        return this;
    }

    public Stream Serialize(HttpResultSerializationOptions options)
    {
        var (text, contentType, isBase64) = Written(options.Serializer);
        if (!string.IsNullOrEmpty(text) && headers?.ContainsKey(ContentType) != true)
            AddHeader(ContentType, contentType);

        var stream = new MemoryStream();
        if (options.Version == HttpResultSerializationOptions.ProtocolVersion.V1
            || options.Format == HttpResultSerializationOptions.ProtocolFormat.RestApi)
            JsonSerializer.Serialize(stream, new V1Response((int)StatusCode, headers, text, isBase64), HttpResultsJson.Default.V1Response);
        else
            JsonSerializer.Serialize(stream, new V2Response((int)StatusCode, Joined(), text, isBase64), HttpResultsJson.Default.V2Response);
        stream.Position = 0;
        return stream;
    }

    private HttpResults At(string uri)
    {
        if (uri != null)
            AddHeader("location", uri);
        return this;
    }

    private Dictionary<string, string> Joined() => headers?.ToDictionary(header => header.Key, header => string.Join(",", header.Value));

    private (string Text, string ContentType, bool IsBase64) Written(ILambdaSerializer serializer)
    {
        switch (body)
        {
            case null:
                return (null, null, false);
            case string text:
                return (text, "text/plain", false);
            case Stream stream:
                using (var copy = new MemoryStream())
                {
                    stream.CopyTo(copy);
                    return (Convert.ToBase64String(copy.ToArray()), "application/octet-stream", true);
                }

            case IList<byte> bytes:
                return (Convert.ToBase64String([.. bytes]), "application/octet-stream", true);
            default:
                using (var json = new MemoryStream())
                {
                    serializer.Serialize(body, json);
                    return (System.Text.Encoding.UTF8.GetString(json.ToArray()), "application/json", false);
                }
        }
    }

    internal sealed record V1Response(
        [property: JsonPropertyName("statusCode")] int StatusCode,
        [property: JsonPropertyName("multiValueHeaders")] Dictionary<string, List<string>> MultiValueHeaders,
        [property: JsonPropertyName("body")] string Body,
        [property: JsonPropertyName("isBase64Encoded")] bool IsBase64Encoded);

    internal sealed record V2Response(
        [property: JsonPropertyName("statusCode")] int StatusCode,
        [property: JsonPropertyName("headers")] Dictionary<string, string> Headers,
        [property: JsonPropertyName("body")] string Body,
        [property: JsonPropertyName("isBase64Encoded")] bool IsBase64Encoded);
}

[JsonSerializable(typeof(HttpResults.V1Response))]
[JsonSerializable(typeof(HttpResults.V2Response))]
internal sealed partial class HttpResultsJson : JsonSerializerContext;
