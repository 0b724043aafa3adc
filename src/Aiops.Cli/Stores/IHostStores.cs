using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Queue;

namespace Aiops.Cli.Stores;

/// <summary>What the commands for people look into and change: of this machine's state folder, or of a stack in an AWS account.</summary>
internal interface IHostStores : IAsyncDisposable
{
    IIncidentStore Incidents { get; }

    ITriggerQueue Queue { get; }

    IBuiltInTickets Tickets { get; }

    IncidentDesk Desk { get; }

    /// <summary>Where a person finds the newest report of an incident: a path or an address.</summary>
    string ReportPlace(string incidentId);
}
