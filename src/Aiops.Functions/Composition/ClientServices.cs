using Aiops.Aws;
using Aiops.Aws.SecretsManager;
using Aiops.Aws.StepFunctions;
using Aiops.Aws.SystemsManager;
using Aiops.Aws.Wire;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Review;
using Amazon.DynamoDBv2;
using Amazon.S3;
using Amazon.StepFunctions;
using Microsoft.Extensions.DependencyInjection;

namespace Aiops.Functions.Composition;

/// <summary>Clients of AWS, and the workflows behind one of them. Region, credentials and endpoints come from the environment.</summary>
internal static class ClientServices
{
    /// <summary>Names the starter that reaches Step Functions, behind the one that prepares the workflow's input.</summary>
    public const string Executions = "executions";

    /// <summary>By itself the client tries ten times, up to 20 s apart: a stage would wait out its deadline where the workflow's retries do better.</summary>
    private const int DynamoDbRetries = 3;

    public static IServiceCollection AddClients(this IServiceCollection services) => services
        .AddSingleton<IAmazonDynamoDB>(_ => new AmazonDynamoDBClient(new AmazonDynamoDBConfig { MaxErrorRetry = DynamoDbRetries }))
        .AddSingleton<IAmazonS3>(_ => new AmazonS3Client())
        .AddSingleton<IAmazonStepFunctions>(_ => new AmazonStepFunctionsClient())
        .AddSingleton(made => new WireOptions
        {
            Region = made.GetRequiredService<AwsHostSettings>().Region,
            Time = made.GetRequiredService<TimeProvider>(),
            Jitter = Jitter.From(made.GetRequiredService<Random>()),
        })
        .AddSingleton<WireClient>()
        .AddSingleton<IParameters, SsmParameters>()
        .AddSingleton<IWebhookSecret>(made => new StoredWebhookSecret(
            made.GetRequiredService<WireClient>(), AwsHostSettings.Needed(made.GetRequiredService<AwsHostSettings>().WebhookSecret, "AIOPS_WEBHOOK_SECRET"),
            made.GetRequiredService<TimeProvider>()))
        .AddKeyedSingleton<IWorkflowStarter>(Executions, (made, _) => new StepFunctionsStarter(
            made.GetRequiredService<IAmazonStepFunctions>(),
            AwsHostSettings.Needed(made.GetRequiredService<AwsHostSettings>().IncidentStateMachine, "AIOPS_INCIDENT_STATE_MACHINE")))
        .AddSingleton<IReviewWorkflowStarter>(made => new StepFunctionsStarter(
            made.GetRequiredService<IAmazonStepFunctions>(),
            AwsHostSettings.Needed(made.GetRequiredService<AwsHostSettings>().ReviewStateMachine, "AIOPS_REVIEW_STATE_MACHINE")))
        .AddSingleton<IWorkflowCallbacks, StepFunctionsCallbacks>();
}
