using Aiops.Cdk.Foundation;
using Aiops.Cdk.Functions;
using Aiops.Cdk.Sources;
using Constructs;

namespace Aiops.Cdk.Stages;

/// <summary>What runs by the clock. Each runs alone: an overlapping one would find the work taken, and pay for looking.</summary>
internal sealed class Sweeps : Construct
{
    public Sweeps(Construct scope, StageProps props) : base(scope, nameof(Sweeps))
    {
        Sweep = NewSweep(props with { Host = props.Model.Tell(props.Host) }, Handler.Sweep, "rate(1 minute)");
        props.Stores.GrantReadWrite(Sweep.Role, props.Stores.Incidents);
        props.Stores.GrantRead(Sweep.Role, props.Stores.Documents);
        props.Switches.GrantRead(Sweep.Role);
        props.Workflows.GrantStartIncident(Sweep.Role);
        props.Workflows.GrantAnswer(Sweep.Role);
        if (props.Tickets.IsConfigured)
        {
            props.Tickets.Grant(Sweep.Role);
            props.Stores.GrantReadWrite(Sweep.Role, props.Stores.Documents); // What replies came to.
            props.Workflows.GrantStartReview(Sweep.Role);
        }

        props.Model.Grant(Sweep.Role); // It looks whether a model that incidents wait for is back.

        Reconcile = NewSweep(props, Handler.Reconcile, "rate(15 minutes)");
        props.Stores.GrantReadWrite(Reconcile.Role, props.Stores.Incidents);
        props.Stores.GrantReadWrite(Reconcile.Role, props.Stores.Documents);
        props.Account.GrantReadAlarmsAndContributors(Reconcile.Role);
        props.Account.GrantReadTopology(Reconcile.Role);
        props.KnowledgeBase?.GrantIngest(Reconcile.Role);
        GrantSendBoth(props, Reconcile);
        props.KnowledgeBase?.GrantIngest(Reconcile.Role);

        WatchObjectives = NewSweep(props, Handler.WatchObjectives, "rate(15 minutes)");
        props.Stores.GrantReadWrite(WatchObjectives.Role, props.Stores.Documents);
        props.Account.GrantReadObjectives(WatchObjectives.Role);
        GrantSendBoth(props, WatchObjectives);
    }

    /// <summary>Every minute: ends holds, starts executions that were not started, delivers what was left for a token,
    /// speaks with the ticket system, and looks whether a model that incidents wait for is back.</summary>
    public AiopsFunction Sweep { get; }

    /// <summary>Every 15 minutes: alarms whose event was missed or that are stuck, the graph that alarms are correlated by, and
    /// cases that the knowledge base has not read yet.</summary>
    public AiopsFunction Reconcile { get; }

    /// <summary>Every 15 minutes: the budgets of objectives.</summary>
    public AiopsFunction WatchObjectives { get; }

    private AiopsFunction NewSweep(StageProps props, Handler handler, string schedule)
    {
        var at = new Construct(this, handler.Name);
        var function = new AiopsFunction(at, props.Host, handler, reserved: 1, failures: props.Queues.Undelivered);
        _ = new EventRule(at, new EventRuleProps(
            props.Host.Names, handler.Kebab, handler.Says, props.Queues.Undelivered) { Schedule = schedule,
            Function = function.Function });
        return function;
    }

    private static void GrantSendBoth(StageProps props, AiopsFunction function)
    {
        Queues.GrantSend(function.Role, props.Queues.Urgent.Queue);
        Queues.GrantSend(function.Role, props.Queues.Routine.Queue);
    }
}
