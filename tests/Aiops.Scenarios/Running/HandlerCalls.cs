using System.Text.Json;
using Aiops.Functions.Classify;
using Aiops.Functions.Comment;
using Aiops.Functions.FindRootCause;
using Aiops.Functions.GatherContext;
using Aiops.Functions.Learn;
using Aiops.Functions.Recommend;
using Aiops.Functions.Review;
using Aiops.Functions.Running;
using Aiops.Local.Workflow;
using Amazon.Lambda.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Aiops.Scenarios.Running;

/// <summary>The workflow's tasks as Lambda calls them: the payload's JSON through the functions' serializer to a handler and back.</summary>
internal static class HandlerCalls
{
    private static readonly StageSerializer Serializer = new();

    /// <summary>Every function that the workflow files name, on the services given.</summary>
    public static StageFunctions Of(IServiceProvider services) => new StageFunctions()
        .Add(services, "Classify", (ClassifyFunction function) => function.Classify)
        .Add(services, "GatherContext", (GatherContextFunction function) => function.GatherContext)
        .Add(services, "FindRootCause", (FindRootCauseFunction function) => function.FindRootCause)
        .Add(services, "Recommend", (RecommendFunction function) => function.Recommend)
        .Add(services, "Comment", (CommentFunction function) => function.Comment)
        .Add(services, "Review", (ReviewFunction function) => function.Review)
        .Add(services, "Learn", (LearnFunction function) => function.Learn);

    private static StageFunctions Add<TFunction, TInput, TOutput>(
        this StageFunctions stages, IServiceProvider services, string name, Func<TFunction, Func<TInput, ILambdaContext, Task<TOutput>>> handler)
        where TFunction : class
        => stages.Add(name, LambdaJson.Default.JsonElement, LambdaJson.Default.JsonElement, async (payload, _) =>
        {
            var input = Serializer.Deserialize<TInput>(new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(payload, LambdaJson.Default.JsonElement)));
            var output = await handler(ActivatorUtilities.CreateInstance<TFunction>(services))(input, new Invocation(name));
            using var answer = new MemoryStream();
            Serializer.Serialize(output, answer);
            return JsonSerializer.Deserialize(answer.ToArray(), LambdaJson.Default.JsonElement);
        });
}

/// <summary>An invocation with all the time in the world.</summary>
internal sealed class Invocation(string name) : ILambdaContext
{
    public string AwsRequestId => "scenario";

    public IClientContext ClientContext => null!;

    public string FunctionName => name;

    public string FunctionVersion => "$LATEST";

    public ICognitoIdentity Identity => null!;

    public string InvokedFunctionArn => $"arn:aws:lambda:eu-west-1:111122223333:function:{name}";

    public ILambdaLogger Logger => throw new NotSupportedException("The functions write their own lines.");

    public string LogGroupName => "";

    public string LogStreamName => "";

    public int MemoryLimitInMB => 1024;

    public TimeSpan RemainingTime => TimeSpan.FromMinutes(10);
}
