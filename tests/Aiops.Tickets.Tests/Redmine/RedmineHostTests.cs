using System.Runtime.CompilerServices;
using System.Text;
using Aiops.Local.Hosting;
using Aiops.Pipeline.Comment;
using Aiops.PortTests.Running;
using Aiops.Tickets.Http;
using Aiops.Tickets.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aiops.Tickets.Tests.Redmine;

/// <summary>From an alarm to the comment in a real Redmine, by a file of settings.</summary>
[NeedsRedmine]
[Collection("Redmine")]
public sealed class RedmineHostTests(RedmineServer server) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("aiops-host-").FullName;
    private readonly RedmineBench bench = new(server);

    private static CancellationToken None => CancellationToken.None;

    public void Dispose()
    {
        bench.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [PortFact]
    public async Task An_alarm_becomes_a_ticket_with_comment_and_report_here_and_there()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "redmine.key"), RedmineServer.KeyOf("bot") + "\n");
        var settings = $$"""{ "system": "redmine", "url": "{{server.Url}}", "project": "ops", "token": "file:redmine.key", "priorities": { "sev3": "High" } }""";
        var options = new LocalHostOptions { StateFolder = Path.Combine(folder, "state"), Settle = TimeSpan.Zero, Foreign = (ledger, loggers) => Foreign(settings, ledger, loggers) };
        await using var host = await LocalHost.OpenAsync(options, TimeProvider.System, NullLoggerFactory.Instance, None);

        var session = new LiveSession(host, TimeProvider.System, NullLogger<LiveSession>.Instance);
        var message = await host.Door.AdmitAsync(await File.ReadAllBytesAsync(SampleEvent()), "file", None);
        var incident = (await session.ConsumeUntilAsync(message, None))!.Decisions[0].IncidentId!;
        var ours = (await session.WaitForCommentAsync(incident, TimeSpan.FromMinutes(1), None)).ShouldNotBeNull();

        var found = (await bench.IssuesAsync(incident)).ShouldHaveSingleItem();
        found["subject"]!.GetValue<string>().ShouldBe(ours.Title);
        var issue = await bench.IssueAsync(found["id"]!.ToJsonString());
        issue["journals"]!.AsArray().Count(journal => journal!["notes"]?.GetValue<string>().Contains(Marker.Comment(incident)) == true).ShouldBe(1);
        issue["attachments"]!.AsArray().ShouldHaveSingleItem()!["filename"]!.GetValue<string>().ShouldBe("report.html");
    }

    private ForeignTickets Foreign(string settings, ITicketLedger ledger, ILoggerFactory loggers) => TicketSystems.Create(
        TicketSettingsReader.Read(Encoding.UTF8.GetBytes(settings), "tickets.json"),
        new SystemParts("tickets.json", new SecretSources(_ => null, null, folder), TimeProvider.System), ledger, loggers);

    private static string SampleEvent([CallerFilePath] string thisFile = "")
        => Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "events", "cloudwatch", "alarm-metric.json");
}
