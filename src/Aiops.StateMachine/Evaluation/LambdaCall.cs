using System.Text.Json;
using Aiops.StateMachine.Definition;

namespace Aiops.StateMachine.Evaluation;

/// <summary>How a Task's data is wrapped on the way to a Lambda function and back.</summary>
internal static class LambdaCall
{
    /// <summary>The function and its event: the input itself, or what the parameters of <c>lambda:invoke</c> say.</summary>
    public static (string Function, JsonElement Payload) Of(TaskResource resource, JsonElement input)
    {
        if (resource.FunctionName is { } arn)
        {
            return (arn, input);
        }

        if (!input.TryGetProperty("FunctionName", out var name) || name.ValueKind != JsonValueKind.String)
        {
            throw StateFailedException.Runtime($"The FunctionName must be a string, in {Json.Text(input)}");
        }

        var function = name.GetString()!;
        if (input.TryGetProperty("Qualifier", out var qualifier) && qualifier.ValueKind == JsonValueKind.String)
        {
            function += ":" + qualifier.GetString();
        }

        return (function, input.TryGetProperty("Payload", out var payload) ? payload : Json.EmptyObject);
    }

    /// <summary>The result of <c>lambda:invoke</c>: the answer as Payload, with what the service tells of the call.</summary>
    public static JsonElement Wrap(InvokeTask task, JsonElement answer)
        => Json.Build(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("ExecutedVersion", "$LATEST");
            writer.WritePropertyName("Payload");
            answer.WriteTo(writer);
            writer.WriteStartObject("SdkHttpMetadata");
            writer.WriteNumber("HttpStatusCode", 200);
            writer.WriteEndObject();
            writer.WriteStartObject("SdkResponseMetadata");
            writer.WriteString("RequestId", task.TaskId);
            writer.WriteEndObject();
            writer.WriteNumber("StatusCode", 200);
            writer.WriteEndObject();
        });
}
