using Aiops.Functions.Comment;
using Aiops.Functions.Running;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Review;
using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using Microsoft.Extensions.Logging;

namespace Aiops.Functions.Learn;

/// <summary>The step is put together for each run: where tickets go may change while an environment lives.</summary>
public sealed class LearnFunction(
    FunctionRun run, CurrentTickets tickets, IIncidents incidents, IncidentDesk desk, IReviewDesk reviews, IDocumentStore documents, ICaseBook cases,
    TimeProvider time, ILogger<LearnStep> logger)
{
    [LambdaFunction]
    public Task<LearnOutput> Learn(LearnInput input, ILambdaContext context) => run.RunAsync(context, async token =>
    {
        var (system, foreign) = (await tickets.SystemAsync(token), await tickets.ForeignAsync(token));
        return await new LearnStep(incidents, desk, reviews, documents, cases, system, foreign.Notices, time, logger).RunAsync(input, token);
    });
}
