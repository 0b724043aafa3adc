using System.Text.Json;
using Aiops.Aws.Tests.Functions;
using Aiops.Functions.Classify;
using Aiops.Functions.Comment;
using Aiops.Functions.FindRootCause;
using Aiops.Functions.GatherContext;
using Aiops.Functions.Learn;
using Aiops.Functions.Reason;
using Aiops.Functions.Recommend;
using Aiops.Functions.Review;
using Aiops.Functions.Running;
using Aiops.Local.Workflow;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Reason;
using Aiops.Pipeline.Recommend;
using Aiops.Pipeline.Review;
using Amazon.Lambda.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Aiops.Scenarios.Running;

/// <summary>The workflow's tasks as Lambda calls them: the payload's JSON through the functions' serializer to a handler and back.</summary>
internal static class HandlerCalls
{
    private static readonly StageSerializer Serializer = new();

    /// <summary>Every function that the workflow files name, on the services given.</summary>
    public static StageFunctions Of(IServiceProvider services) => new StageFunctions()
        .Handler<ClassifyFunction, ClassifyInput, ClassifyOutput>(services, "Classify", function => function.Classify)
        .Handler<GatherContextFunction, GatherContextInput, GatherContextOutput>(services, "GatherContext", function => function.GatherContext)
        .Handler<FindRootCauseFunction, FindRootCauseInput, FindRootCauseOutput>(services, "FindRootCause", function => function.FindRootCause)
        .Handler<ReasonFunction, ReasonInput, ReasonOutput>(services, "Reason", function => function.Reason)
        .Handler<RecommendFunction, RecommendInput, RecommendOutput>(services, "Recommend", function => function.Recommend)
        .Handler<CommentFunction, CommentInput, CommentOutput>(services, "Comment", function => function.Comment)
        .Handler<ReviewFunction, ReviewInput, ReviewOutput>(services, "Review", function => function.Review)
        .Handler<LearnFunction, LearnInput, LearnOutput>(services, "Learn", function => function.Learn);

    private static StageFunctions Handler<TFunction, TInput, TOutput>(
        this StageFunctions stages, IServiceProvider services, string name, Func<TFunction, Func<TInput, ILambdaContext, Task<TOutput>>> handler)
        where TFunction : class
        => stages.Add(name, LambdaJson.Default.JsonElement, LambdaJson.Default.JsonElement, async (payload, _) =>
        {
            var input = Serializer.Deserialize<TInput>(new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(payload, LambdaJson.Default.JsonElement)));
            var output = await handler(ActivatorUtilities.CreateInstance<TFunction>(services))(input, new TestContext { FunctionName = name });
            using var answer = new MemoryStream();
            Serializer.Serialize(output, answer);
            return JsonSerializer.Deserialize(answer.ToArray(), LambdaJson.Default.JsonElement);
        });
}
