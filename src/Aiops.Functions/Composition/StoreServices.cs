using Aiops.Aws;
using Aiops.Aws.DynamoDb;
using Aiops.Aws.DynamoDb.Incidents;
using Aiops.Aws.DynamoDb.Models;
using Aiops.Aws.DynamoDb.Review;
using Aiops.Aws.DynamoDb.Tickets;
using Aiops.Aws.S3;
using Aiops.Aws.Sqs;
using Aiops.Aws.Wire;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Queue;
using Aiops.Pipeline.Reason.Models;
using Aiops.Pipeline.Review;
using Amazon.DynamoDBv2;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;

namespace Aiops.Functions.Composition;

/// <summary>What is kept, and where: the table, the bucket, the queues.</summary>
internal static class StoreServices
{
    public static IServiceCollection AddStores(this IServiceCollection services) => services
        .AddSingleton<DynamoStoreOptions>()
        .AddSingleton(made => new DynamoTable(
            made.GetRequiredService<IAmazonDynamoDB>(), made.GetRequiredService<AwsHostSettings>().Table,
            made.GetRequiredService<TimeProvider>(), made.GetRequiredService<Random>()))
        .AddSingleton<DynamoIncidentStore>()
        .AddSingleton<IIncidentStore>(made => made.GetRequiredService<DynamoIncidentStore>())
        .AddSingleton<IIncidents>(made => made.GetRequiredService<DynamoIncidentStore>())
        .AddSingleton<IReviewDesk, DynamoReviewDesk>()
        .AddSingleton<IBuiltInTickets, DynamoTicketSystem>()
        .AddSingleton<ITicketLedger, DynamoTicketLedger>()
        .AddSingleton<IModelBudget, DynamoModelBudget>()
        .AddSingleton<IModelOutages, DynamoModelOutages>()
        .AddSingleton<IDocumentStore>(made => new S3DocumentStore(
            made.GetRequiredService<IAmazonS3>(), made.GetRequiredService<AwsHostSettings>().DocumentsBucket))
        .AddSingleton(made => new SqsTriggerQueue(
            made.GetRequiredService<WireClient>(), made.GetRequiredService<IDocumentStore>(), QueuesOf(made.GetRequiredService<AwsHostSettings>())))
        .AddSingleton<ITriggerQueue>(made => made.GetRequiredService<SqsTriggerQueue>());

    private static SqsTriggerQueueOptions QueuesOf(AwsHostSettings settings) => new()
    {
        UrgentQueueUrl = AwsHostSettings.Needed(settings.UrgentQueueUrl, "AIOPS_URGENT_QUEUE_URL"),
        RoutineQueueUrl = AwsHostSettings.Needed(settings.RoutineQueueUrl, "AIOPS_ROUTINE_QUEUE_URL"),
        UrgentDeadLettersUrl = AwsHostSettings.Needed(settings.UrgentDeadLettersUrl, "AIOPS_URGENT_DEAD_LETTERS_URL"),
        RoutineDeadLettersUrl = AwsHostSettings.Needed(settings.RoutineDeadLettersUrl, "AIOPS_ROUTINE_DEAD_LETTERS_URL"),
    };
}
