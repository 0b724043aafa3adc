using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Aiops.Cdk.Foundation;
using Aiops.Cdk.Functions;
using Aiops.Cdk.Parameters;
using Constructs;
using Handler = Aiops.Cdk.Functions.Handler;

namespace Aiops.Cdk.Stages;

/// <summary>
/// The consumer of both lanes. Each lane has a mapping and a concurrency of its own; the urgent one takes what is there, the
/// routine one waits for a batch, since every batch costs one write to its scope.
/// </summary>
internal sealed class Intake : Construct
{
    private static readonly Duration RoutineWindow = Duration.Seconds(5);

    public Intake(Construct scope, StageProps props, AiopsParameters parameters) : base(scope, nameof(Intake))
    {
        Function = new AiopsFunction(
            this, props.Host, Handler.Intake, reserved: parameters.UrgentConcurrency + parameters.RoutineConcurrency);
        props.Stores.GrantReadWrite(Function.Role, props.Stores.Incidents);
        props.Stores.GrantReadWrite(Function.Role, props.Stores.Documents);
        props.Switches.GrantRead(Function.Role);
        props.Workflows.GrantStartIncident(Function.Role);
        // What can't be read is set aside by us: Lambda itself does so only after five receives.
        Queues.GrantSend(Function.Role, props.Queues.Urgent.DeadLetters);
        Queues.GrantSend(Function.Role, props.Queues.Routine.DeadLetters);
        Consume("Urgent", props.Queues.Urgent, batch: 10, window: null, parameters.UrgentConcurrency);
        Consume("Routine", props.Queues.Routine, batch: 100, RoutineWindow, parameters.RoutineConcurrency);
    }

    /// <summary>Six times the timeout and the batching window, as Lambda asks for.</summary>
    public static Duration Visibility { get; } = Duration.Seconds((6 * Handler.Intake.TimeoutSeconds) + 5);

    public AiopsFunction Function { get; }

    private void Consume(string id, Lane lane, int batch, Duration? window, int concurrency)
    {
        Queues.GrantConsume(Function.Role, lane.Queue);
        var mapping = new EventSourceMapping(this, id, new EventSourceMappingProps
        {
            Target = Function.Function,
            EventSourceArn = lane.Queue.QueueArn,
            BatchSize = batch,
            MaxBatchingWindow = window,
            MaxConcurrency = concurrency,
            ReportBatchItemFailures = true,
        });
        PolicyExceptions.Excuse(mapping, "Serverless-LambdaEventSourceMappingDestination",
            "a queue's failed messages go to its dead letters by the redrive policy");
    }
}
