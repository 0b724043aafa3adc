using System.Runtime.CompilerServices;
using Aiops.Aws.Tests.Emulators;
using Aiops.Local.Recordings;
using Aiops.Pipeline;
using Aiops.PortTests.Running;
using Aiops.Scenarios.Running;

namespace Aiops.Scenarios;

/// <summary>One incident, told once: the embedded host and the functions on AWS's protocols come to the same, byte for byte.</summary>
[NeedsEmulators]
public sealed class EveryHostTests(DynamoServer dynamo, QueueAndBucketServer queues) : IClassFixture<DynamoServer>, IClassFixture<QueueAndBucketServer>
{
    public static TheoryData<string> Recordings => [.. Directory.EnumerateDirectories(Path.Combine(Root, "recordings")).Select(folder => Path.GetFileName(folder)!).Order()];

    internal static string Root { get; } = FolderOf();

    [PortTheory]
    [MemberData(nameof(Recordings))]
    public async Task An_incident_comes_to_the_same_on_every_host(string name)
    {
        var recording = Recording.Open(Path.Combine(Root, "recordings", name));
        await using var local = await LocalRunner.StartAsync(recording);
        await using var aws = await AwsRunner.StartAsync(recording, dynamo, queues);
        var here = await RecordedIncident.TellAsync(local, recording);
        var there = await RecordedIncident.TellAsync(aws, recording);

        here.ShouldNotBeEmpty();
        there.Count.ShouldBe(here.Count);
        foreach (var (one, other) in here.Zip(there))
        {
            other.Report.ShouldBe(one.Report.ShouldNotBeNull());
            WithoutLink(other.Comment!).ShouldBe(WithoutLink(one.Comment!));
            (other.TicketState, other.CommentVersion, other.Incident.Status, other.Incident.Id)
                .ShouldBe((one.TicketState, one.CommentVersion, one.Incident.Status, one.Incident.Id));
            other.Members.Select(member => (member.Subject, member.Firing)).ShouldBe(one.Members.Select(member => (member.Subject, member.Firing)));
            other.Decisions.Select(decision => (decision.Trigger.SourceId, decision.Outcome)).ShouldBe(one.Decisions.Select(decision => (decision.Trigger.SourceId, decision.Outcome)));
            one.Outcome!.Verdict.ShouldBe(Verdict.Confirmed);
            other.Outcome!.Verdict.ShouldBe(Verdict.Confirmed);
            other.Outcome.At.ShouldBe(one.Outcome.At);
        }
    }

    private static string FolderOf([CallerFilePath] string thisFile = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));

    // The one thing that differs by nature: where a person finds the report.
    private static string WithoutLink(string comment) => string.Join('\n', comment.Split('\n').Where(line => !line.Contains("report.html", StringComparison.Ordinal)));
}
