using System.Text;
using System.Text.Json;

namespace Aiops.Pipeline.Intake.Formats.Envelopes;

/// <summary>An HTTP request as API Gateway (REST and HTTP APIs) and Lambda function URLs pass it on.</summary>
internal static class HttpRequest
{
    public static bool Fits(JsonElement element)
        => element.Has("body") && (element.Has("requestContext") || element.Has("isBase64Encoded") || element.Has("httpMethod"));

    public static ReadOnlyMemory<byte>? Body(JsonElement request, out string? problem)
    {
        problem = null;
        if (request.Text("body") is not { } body)
        {
            problem = $"$.body: expected a text, found {request.Member("body").Describe()}";
            return null;
        }

        if (request.Scalar("isBase64Encoded") is not ("true" or "True"))
        {
            return Encoding.UTF8.GetBytes(body);
        }

        var decoded = new byte[body.Length / 4 * 3 + 3];
        if (!Convert.TryFromBase64String(body, decoded, out var length))
        {
            problem = "$.body: said to be base64 and isn't";
            return null;
        }

        return decoded.AsMemory(0, length);
    }

    public static Delivery Delivery(JsonElement request, Delivery outer)
    {
        var context = request.Member("requestContext"); // Its account is that of the API's owner or caller, not of an alarm.
        return outer.With(MessageId(request), EventTime.Read(context.Member("timeEpoch", "requestTimeEpoch")));
    }

    /// <summary>SNS with raw delivery says the message's id in a header alone.</summary>
    private static string? MessageId(JsonElement request)
        => request.Member("headers").Pairs().Find("x-amz-sns-message-id");
}
