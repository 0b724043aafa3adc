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

    /// <summary>A language model for questions, as it is configured now; one that was opened before isn't to be asked any more.</summary>
    /// <param name="tell">Hears why there is none although one is configured.</param>
    /// <returns>Null where there is none.</returns>
    Task<MeteredModel?> OpenModelAsync(Action<string> tell, CancellationToken cancellationToken);

    /// <summary>The scope of what is known here.</summary>
    string KnowledgeScope { get; }

    /// <summary>Where a person finds the newest report of an incident: a path or an address.</summary>
    string ReportPlace(string incidentId);
}
