using Aiops.Aws;
using Aiops.Aws.SystemsManager;
using Aiops.Functions.Comment;
using Aiops.Functions.Intake;
using Aiops.Functions.Reason;
using Aiops.Functions.Review;
using Aiops.Pipeline;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.GatherContext.Sources;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Formats;
using Aiops.Pipeline.Recommend;
using Aiops.Pipeline.Review;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aiops.Functions.Composition;

/// <summary>The stages, a line each, as the local host puts them together too.</summary>
internal static class StageServices
{
    public static IServiceCollection AddStages(this IServiceCollection services) => services
        .AddSingleton<CurrentIntake>()
        .AddSingleton<RulesInForce>()
        .AddSingleton<EventReader>()
        .AddSingleton<EventDoor>()
        .AddSingleton<ObjectiveWatch>()
        .AddSingleton<ICorrelationTopology, StoredTopology>()
        .AddSingleton<TopologyRefresh>()
        .AddSingleton<IWorkflowStarter>(made => new IncidentWorkflow(
            made.GetRequiredService<IIncidentStore>(), made.GetRequiredKeyedService<IWorkflowStarter>(ClientServices.Executions),
            made.GetRequiredService<AwsHostSettings>().Settle, made.GetRequiredService<AwsHostSettings>().MaxRounds))
        .AddSingleton<IncidentDesk>()
        .AddSingleton<IChangeNotices, ChangeNotices>()
        .AddSingleton(made => new ClassifyStep(
            made.GetRequiredService<IIncidents>(), made.GetRequiredService<IChangeNotices>(), made.GetRequiredService<IDocumentStore>(),
            made.GetRequiredService<ITopologySource>(), made.GetRequiredService<IObjectiveSource>(), SeverityRules.Default,
            made.GetRequiredService<ILogger<ClassifyStep>>()))
        .AddSingleton<GatherContextStep>()
        .AddSingleton<FindRootCauseStep>()
        .AddSingleton(_ => Playbooks())
        .AddSingleton<CurrentModel>()
        .AddSingleton<ContextGatherer>()
        .AddSingleton<RecommendStep>()
        .AddSingleton<IIncidentReports>(made => new DocumentReports(
            made.GetRequiredService<IIncidents>(), made.GetRequiredService<IDocumentStore>(), made.GetRequiredService<TimeProvider>(), simulated: false))
        .AddSingleton<CurrentTickets>()
        .AddSingleton<CurrentReplies>()
        .AddSingleton<ReviewStep>()
        .AddSingleton<LateReview>();

    /// <summary>Those that ship: the bundle carries no folder of its own.</summary>
    private static PlaybookLibrary Playbooks() => PlaybookLibrary.Load(null) is PlaybookLoad.Loaded loaded
        ? loaded.Library
        : throw new InvalidOperationException("The playbooks that ship can't be read.");
}
