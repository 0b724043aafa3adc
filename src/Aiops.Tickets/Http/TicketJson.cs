using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aiops.Tickets.Http;

/// <summary>JSON there and back, for systems that speak it.</summary>
public static class TicketJson
{
    /// <returns>What is there; an empty object where the answer has no body.</returns>
    public static Task<JsonNode> GetAsync(this TicketHttp http, string path, CancellationToken cancellationToken)
        => http.SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <returns>The answer's JSON; an empty object where it has no body.</returns>
    public static async Task<JsonNode> SendAsync(this TicketHttp http, HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
        => (await http.SendAsync(method, path, body, [], cancellationToken)).Body;

    /// <param name="accept">Statuses besides 2xx that the caller deals with itself.</param>
    public static async Task<(HttpStatusCode Status, JsonNode Body)> SendAsync(
        this TicketHttp http, HttpMethod method, string path, JsonNode? body, IReadOnlyList<HttpStatusCode> accept, CancellationToken cancellationToken)
    {
        var json = body?.ToJsonString();
        using var response = await http.SendAsync(() => Request(method, path, json), accept, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return (response.StatusCode, Parsed(text, response.IsSuccessStatusCode, path));
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string? json)
    {
        HttpRequestMessage request = new(method, path);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        return request;
    }

    // A proxy's page of HTML under status 200 is an outage, not an answer.
    private static JsonNode Parsed(string text, bool isAnswer, string path)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new JsonObject();
        }

        try
        {
            return JsonNode.Parse(text) ?? new JsonObject();
        }
        catch (JsonException) when (!isAnswer)
        {
            return new JsonObject();
        }
        catch (JsonException e)
        {
            throw new Pipeline.Comment.TicketSystemUnavailableException($"The answer to {path.Split('?')[0]} is no JSON ({e.Message}).", e);
        }
    }

    /// <summary>A number or text as text: ids are one or the other.</summary>
    public static string Text(this JsonNode node, string member)
        => node[member] switch
        {
            JsonValue value when value.TryGetValue<string>(out var text) => text,
            JsonValue value => value.ToJsonString(),
            _ => "",
        };

    /// <summary>The members of a list; none where it is absent.</summary>
    public static IEnumerable<JsonNode> Items(this JsonNode node, string member) => (node[member] as JsonArray ?? []).OfType<JsonNode>();

    public static DateTimeOffset Instant(this JsonNode node, string member)
        => DateTimeOffset.TryParse(node.Text(member), null, System.Globalization.DateTimeStyles.AssumeUniversal, out var at) ? at : DateTimeOffset.UnixEpoch;
}
