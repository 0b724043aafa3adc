using Amazon.CDK.AWS.SQS;
using Aiops.Cdk.Functions;

namespace Aiops.Cdk.Watching;

/// <summary>The parts of the system that alarms and dashboard look at.</summary>
/// <param name="OutsideWorkflows">Functions whose errors no execution reports.</param>
/// <param name="Throttled">At most ten: a metric expression of an alarm holds no more.</param>
/// <param name="Workflows">The incident's first.</param>
internal sealed record WatchedSystem(
    string AlarmPrefix,
    Queue Urgent,
    Queue Routine,
    IReadOnlyList<(string Name, Queue Queue)> DeadLetterQueues,
    AiopsFunction Sweep,
    AiopsFunction Intake,
    IReadOnlyList<AiopsFunction> OutsideWorkflows,
    IReadOnlyList<AiopsFunction> Throttled,
    IReadOnlyList<(string Name, string Arn)> Workflows,
    IReadOnlyList<(string Name, string Table)> Tables,
    string ApiId);
