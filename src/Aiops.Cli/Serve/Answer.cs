using System.Text;
using System.Text.Json;
using Aiops.Pipeline.Intake.Queue;
using Microsoft.AspNetCore.Http;

namespace Aiops.Cli.Serve;

/// <summary>What a sender is told: a status and a small JSON object of texts.</summary>
internal sealed record Answer(int Status, params IReadOnlyList<(string Name, string Value)> Members)
{
    /// <summary>A header that belongs to the status, such as <c>Allow</c> to 405.</summary>
    public (string Name, string Value)? Header { get; init; }

    /// <summary>Plain text instead of the members, for people.</summary>
    private string? Text { get; init; }

    public static Answer Line(string text) => new(StatusCodes.Status200OK, []) { Text = text };

    public static Answer Taken(string messageId) => new(StatusCodes.Status202Accepted, ("messageId", messageId));

    /// <param name="status">Senders give up at 4xx and try again at 5xx: SNS, Alertmanager and Grafana alike.</param>
    public static Answer Refused(int status, string error, string remedy) => new(status, ("error", error), ("remedy", remedy));

    public static Answer TooLarge() => Refused(
        StatusCodes.Status413PayloadTooLarge,
        $"the body is above 1 MiB ({IncomingEvent.MaxBodyBytes:N0} bytes)",
        "Send its events in smaller batches.");

    public static Answer Later(string error) => Refused(StatusCodes.Status503ServiceUnavailable, error, "Send it again later.") with
    {
        Header = ("Retry-After", "10"),
    };

    public async Task WriteAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        response.StatusCode = Status;
        response.ContentType = Text is null ? "application/json" : "text/plain; charset=utf-8";
        if (Header is { } header)
        {
            response.Headers[header.Name] = header.Value;
        }

        var content = Text is null ? Json() : Encoding.UTF8.GetBytes(Text);
        response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(response.HttpContext.Request.Method))
        {
            await response.Body.WriteAsync(content, cancellationToken);
        }
    }

    private byte[] Json()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in Members)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
