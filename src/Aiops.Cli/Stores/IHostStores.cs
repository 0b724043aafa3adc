using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Queue;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Learn.Documents;
using Aiops.Pipeline.Reason.Models;
using Aiops.Pipeline.Review;

namespace Aiops.Cli.Stores;

/// <summary>What the commands for people look into and change: of this machine's state folder, or of a stack in an AWS account.</summary>
internal interface IHostStores : IAsyncDisposable
{
    IIncidentStore Incidents { get; }

    ITriggerQueue Queue { get; }

    IBuiltInTickets Tickets { get; }

    IncidentDesk Desk { get; }

    ICaseBook Cases { get; }

    IDocumentShelf Runbooks { get; }

    IDocumentStore Documents { get; }

    IIncidentReports Reports { get; }

    /// <summary>Where a person's review goes; null where this host can't take one.</summary>
    LateReview? Reviews { get; }

    /// <summary>A language model for questions; null where none is configured.</summary>
    MeteredModel? Model { get; }

    /// <summary>The scope of what is known here.</summary>
    string KnowledgeScope { get; }

    /// <summary>Where a person finds the newest report of an incident: a path or an address.</summary>
    string ReportPlace(string incidentId);
}
