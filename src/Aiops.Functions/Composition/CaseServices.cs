using Aiops.Aws;
using Aiops.Aws.DynamoDb;
using Aiops.Aws.DynamoDb.Cases;
using Aiops.Aws.Knowledge;
using Aiops.Aws.S3;
using Aiops.Aws.Wire;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Learn.Documents;
using Aiops.Pipeline.Learn.Retrieval;
using Amazon.BedrockAgentRuntime;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aiops.Functions.Composition;

/// <summary>Reviewed cases: their records in the table, and a knowledge base that proposes more where the stack has one.</summary>
internal static class CaseServices
{
    public static IServiceCollection AddCases(this IServiceCollection services) => services
        .AddSingleton(made => new CaseMaker(made.GetRequiredService<IDocumentStore>(), made.GetRequiredService<IIncidents>()))
        .AddSingleton<DynamoCaseBook>()
        .AddSingleton<ICaseSnapshots>(made => made.GetRequiredService<DynamoCaseBook>())
        .AddSingleton<IDocumentShelf>(made => new DynamoDocumentShelf(made.GetRequiredService<DynamoTable>()))
        .AddSingleton(made => new KnowledgeIndexes(made.GetRequiredService<ICaseSnapshots>(), made.GetRequiredService<IDocumentShelf>()))
        .AddSingleton<IAmazonBedrockAgentRuntime>(_ => new AmazonBedrockAgentRuntimeClient())
        .AddSingleton<ICaseBook>(made => KnowledgeOf(made) is { } knowledge
            ? new KnowledgeCaseBook(
                made.GetRequiredService<DynamoCaseBook>(), made.GetRequiredService<DynamoTable>(), KnowledgeBucket(made), made.GetRequiredService<WireClient>(), knowledge,
                made.GetRequiredService<ILogger<KnowledgeCaseBook>>())
            : made.GetRequiredService<DynamoCaseBook>())
        .AddSingleton<IPastIncidents>(made => KnowledgeOf(made) is { } knowledge
            ? new KnowledgeBaseCandidates(
                made.GetRequiredService<DynamoCaseBook>(), made.GetRequiredService<IAmazonBedrockAgentRuntime>(), knowledge,
                made.GetRequiredService<TimeProvider>())
            : made.GetRequiredService<DynamoCaseBook>());

    private static KnowledgeOptions? KnowledgeOf(IServiceProvider made)
        => made.GetRequiredService<AwsHostSettings>() is { KnowledgeBaseId: { } knowledgeBase, DataSourceId: { } dataSource }
            ? new KnowledgeOptions { KnowledgeBaseId = knowledgeBase, DataSourceId = dataSource }
            : null;

    private static S3DocumentStore KnowledgeBucket(IServiceProvider made) => new(
        made.GetRequiredService<IAmazonS3>(),
        AwsHostSettings.Needed(made.GetRequiredService<AwsHostSettings>().KnowledgeBucket, "AIOPS_KNOWLEDGE_BUCKET"));
}
