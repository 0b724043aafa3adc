using Aiops.Aws.SystemsManager;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Formats;
using Microsoft.Extensions.Logging;

namespace Aiops.Functions.Intake;

/// <summary>Intake by the rules in force: what operators mute or maintain changes while an environment lives.</summary>
public sealed class CurrentIntake(
    IIncidentStore incidents, IWorkflowStarter workflows, ICorrelationTopology topology, RulesInForce rules, TimeProvider time, ILoggerFactory loggers)
{
    private readonly EventReader reader = new();

    public async Task<EventBatch> BatchAsync(CancellationToken cancellationToken)
    {
        var inForce = await rules.CurrentAsync(cancellationToken);
        return new EventBatch(reader, new IntakeStep(incidents, workflows, inForce, topology, time, loggers.CreateLogger<IntakeStep>()));
    }

    public async Task<IntakeSweep> SweepAsync(CancellationToken cancellationToken)
        => new(incidents, workflows, await rules.CurrentAsync(cancellationToken), topology, time);
}
