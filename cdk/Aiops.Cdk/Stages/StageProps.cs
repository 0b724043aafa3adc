using Aiops.Cdk.Foundation;
using Aiops.Cdk.Functions;
using Aiops.Cdk.Knowledge;
using Aiops.Cdk.Workflows;

namespace Aiops.Cdk.Stages;

/// <summary>What stages are made from. Each takes what it needs and grants itself no more.</summary>
internal sealed record StageProps(
    FunctionHost Host,
    Stores Stores,
    TriggerQueues Queues,
    WorkflowGrants Workflows,
    WatchedAccount Account,
    Switches Switches,
    TicketAccess Tickets,
    ModelAccess Model,
    KnowledgeBase? KnowledgeBase);
