using Aiops.Functions.Running;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn.Retrieval;
using Aiops.Pipeline.Reason;
using Aiops.Pipeline.Reason.Models;
using Aiops.Pipeline.Recommend;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;

namespace Aiops.Functions.Reason;

/// <summary>The step is put together for each run: which model there is, and whether, may change while an environment lives.</summary>
public sealed class ReasonFunction(
    FunctionRun run, CurrentModel model, IIncidents incidents, IDocumentStore documents, PlaybookLibrary playbooks, IModelOutages outages,
    ContextGatherer gatherer, KnowledgeIndexes knowledge, FunctionMetrics metrics, TimeProvider time, ILogger<ReasonStep> logger)
{
    [LambdaFunction]
    public Task<ReasonOutput> Reason(ReasonInput input, ILambdaContext context) => run.RunAsync(context, async token =>
    {
        var parts = await model.InForceAsync(token) is { } inForce ? new ReasonParts(inForce.Model, outages, gatherer, knowledge) : null;
        var reasoned = await new ReasonStep(incidents, documents, playbooks, parts, time, logger).RunAsync(input, token);
        if (reasoned.Status is not null)
        {
            metrics.Count("ModelCalls", reasoned.Calls);
            metrics.Count("ModelTokens", reasoned.Tokens);
            metrics.Count("ModelMicroDollars", reasoned.MicroDollars);
        }

        return reasoned;
    });
}
