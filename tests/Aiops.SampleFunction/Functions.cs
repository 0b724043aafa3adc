using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;

namespace Aiops.SampleFunction;

/// <summary>A function of each shape that the runtime's tests ask for.</summary>
public class Functions(Greetings greetings)
{
    /// <summary>Fails the messages whose body is not a number.</summary>
    [LambdaFunction]
    public Task<SQSBatchResponse> Count(SQSEvent batch, ILambdaContext context)
    {
        var failures = batch.Records.Where(message => !int.TryParse(message.Body, out _))
            .Select(message => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId });
        return Task.FromResult(new SQSBatchResponse([.. failures]));
    }

    /// <summary>Says what the context says.</summary>
    [LambdaFunction]
    public Described Describe(Asked asked, ILambdaContext context)
    {
        context.Logger.LogInformation("Described {Name}", asked.Name);
        return new Described(
            asked.Name, context.AwsRequestId, context.InvokedFunctionArn, context.RemainingTime.TotalMilliseconds, context.TraceId,
            Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID"));
    }

    [LambdaFunction]
    public async Task<Described> Fail(Asked asked)
    {
        await Task.Yield();
        throw new StoreUnavailableException($"The store of {asked.Name} is away.", new TimeoutException("too \"slow\"\nby far"));
    }

    /// <summary>Answers with a JSON string of as many bytes as asked for, its quotes included.</summary>
    [LambdaFunction]
    public string Weigh(Asked asked) => new('x', asked.Bytes - 2);

    [LambdaFunction]
    [HttpApi(LambdaHttpMethod.Get, "/greetings/{name}")]
    public async Task<IHttpResult> Greet(
        string name, [FromQuery] int times, [FromHeader(Name = "X-Tone")] string? tone, [FromServices] Scoped scoped, ILambdaContext context)
    {
        await Task.Yield();
        return times < 1
            ? HttpResults.NotFound("Nobody")
            : HttpResults.Ok(string.Join(' ', Enumerable.Repeat(greetings.To(name, tone), times))).AddHeader("X-Scope", $"{scoped.Number}");
    }

    [LambdaFunction]
    [HttpApi(LambdaHttpMethod.Post, "/greetings")]
    public APIGatewayHttpApiV2ProxyResponse Learn([FromBody] Asked asked, APIGatewayHttpApiV2ProxyRequest request) =>
        new() { StatusCode = 201, Body = $"{asked.Name} by {request.RequestContext.Http.Method}" };
}
