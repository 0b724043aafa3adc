using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;
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
    private static readonly JsonSerializerContext[] Stages =
    [
        ClassifyJson.Default, ContextJson.Default, DiagnosisJson.Default, RecommendJson.Default,
        CommentJson.Default, ReviewJson.Default, LearnJson.Default,
    ];

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

    private static JsonTypeInfo<T>? OfStage<T>()
    {
        foreach (var context in Stages)
        {
            if (context.GetTypeInfo(typeof(T)) is JsonTypeInfo<T> type)
            {
                return type;
            }
        }

        return null;
    }
}
