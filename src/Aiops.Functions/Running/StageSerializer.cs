using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Reason;
using Aiops.Pipeline.Recommend;
using Aiops.Pipeline.Review;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace Aiops.Functions.Running;

/// <summary>
/// The stages' own JSON, by the very contexts that the local host uses, so that a workflow passes the same documents on both;
/// Lambda's own events by Lambda's serializer.
/// </summary>
public sealed class StageSerializer : ILambdaSerializer
{
    private readonly SourceGeneratorLambdaJsonSerializer<LambdaJson> events = new();

    public T Deserialize<T>(Stream requestStream)
        => OfStage<T>() is { } type
            ? JsonSerializer.Deserialize(requestStream, type) ?? throw new JsonException($"{typeof(T).Name} was null.")
            : events.Deserialize<T>(requestStream);

    public void Serialize<T>(T response, Stream responseStream)
    {
        if (OfStage<T>() is { } type)
        {
            JsonSerializer.Serialize(responseStream, response, type);
        }
        else
        {
            events.Serialize(response, responseStream);
        }
    }

    private static JsonTypeInfo<T>? OfStage<T>() => (JsonTypeInfo<T>?)ContextOf(typeof(T).Namespace)?.GetTypeInfo(typeof(T));

    // By where a type stands: a context that is only asked whether it knows a type costs milliseconds of every start.
    private static JsonSerializerContext? ContextOf(string? stage) => stage switch
    {
        "Aiops.Pipeline.Classify" => ClassifyJson.Default,
        "Aiops.Pipeline.GatherContext" => ContextJson.Default,
        "Aiops.Pipeline.FindRootCause" => DiagnosisJson.Default,
        "Aiops.Pipeline.Reason" => ReasonJson.Default,
        "Aiops.Pipeline.Recommend" => RecommendJson.Default,
        "Aiops.Pipeline.Comment" => CommentJson.Default,
        "Aiops.Pipeline.Review" => ReviewJson.Default,
        "Aiops.Pipeline.Learn" => LearnJson.Default,
        _ => null,
    };
}
