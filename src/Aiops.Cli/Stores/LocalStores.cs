using Aiops.Local.Hosting;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Queue;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Learn.Documents;
using Aiops.Pipeline.Reason.Models;
using Aiops.Pipeline.Review;

namespace Aiops.Cli.Stores;

/// <summary>The stores of a state folder.</summary>
internal sealed class LocalStores(LocalHost host) : IHostStores
{
    public IIncidentStore Incidents => host.Incidents;

    public ITriggerQueue Queue => host.Queue;

    public IBuiltInTickets Tickets => host.Tickets;

    public IncidentDesk Desk => host.Desk;

    public ICaseBook Cases => host.Cases;

    public IDocumentShelf Runbooks => host.Runbooks;

    public IDocumentStore Documents => host.Documents;

    public IIncidentReports Reports => host.Reports;

    public LateReview? Reviews => host.Reviews;

    public Task<MeteredModel?> OpenModelAsync(Action<string> tell, CancellationToken cancellationToken) => Task.FromResult(host.Model);

    public string KnowledgeScope => LocalHost.KnowledgeScope;

    public string ReportPlace(string incidentId) => host.ReportPath(incidentId);

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
