using System.IO.Compression;
using Aiops.Local.Recordings;
using Aiops.Pipeline.GatherContext.Sources;
using Aiops.Simulator;
using Aiops.Tests.Local.Recordings;

namespace Aiops.Tests.Simulator;

public sealed class DemoRecordingsTests
{
    private static readonly string Folder = Path.Combine(TestPaths.Root, "recordings");

    public static TheoryData<string> Names => [.. DemoRecordings.All.Select(scenario => scenario.Name)];

    // The unpacked content is compared: how well gzip packs differs between runtimes and processors.
    [Theory]
    [MemberData(nameof(Names))]
    public void The_seed_gives_the_committed_recording_byte_for_byte(string name)
    {
        var files = new MemoryFiles();
        Simulation.Run(DemoRecordings.All.Single(scenario => scenario.Name == name), files);
        var committed = new FolderFiles(Path.Combine(Folder, name));

        files.Names.ShouldBe(committed.Names);
        foreach (var file in files.Names)
        {
            Unpacked(files, file).AsSpan().SequenceEqual(Unpacked(committed, file)).ShouldBeTrue(
                $"{name}/{file} differs: run `aiops simulate` and review it");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_part_reads_without_a_bad_line_and_alarms_come_after_what_they_speak_of(string name)
    {
        var recording = Recording.Open(Path.Combine(Folder, name));
        var query = new TelemetryQuery("INC-1", recording.Window, []);

        var metrics = await recording.Metrics.QueryAsync(query, default);
        var (lines, logs) = await recording.ReadLogsAsync(query);
        var (spans, traces) = await recording.ReadSpansAsync(query);
        var topology = await recording.Topology.QueryAsync(query, default);
        var changes = await recording.Changes.QueryAsync(query, default);
        var objectives = await recording.Objectives.QueryAsync(query, default);
        var (cases, _) = await recording.CasesAsync(default);
        var events = await recording.EventsAsync(default).ToListAsync();

        metrics.Items.Count.ShouldBeGreaterThan(70);
        metrics.Gaps.ShouldAllBe(gap => gap.Contains("holes") || gap.Contains("samples were empty"));
        logs.Gaps.Concat(traces.Gaps).Concat(topology.Gaps).Concat(changes.Gaps).Concat(objectives.Gaps).ShouldBeEmpty();
        lines.Count.ShouldBeGreaterThan(2_000);
        spans.Count.ShouldBeGreaterThan(1_500);
        topology.Items.Components.Count().ShouldBe(17);
        changes.Items.Count.ShouldBeGreaterThan(1);
        objectives.Items.ShouldNotBeEmpty();
        cases.Count.ShouldBe(6);
        events.Count.ShouldBeGreaterThan(1);
        events.ShouldAllBe(one => recording.Window.Contains(one.ReceivedAt!.Value));
        recording.Manifest.Simulated.ShouldBeTrue();
    }

    [Fact]
    public void All_five_together_are_small()
        => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length).ShouldBeLessThan(5 << 20);

    [Fact]
    public void The_truth_is_read_by_scorers_alone()
    {
        RecordingTruth.Read(new FolderFiles(Path.Combine(Folder, "throttled-table")))!.Component.ShouldBe("carts");
        RecordingTruth.Read(new FolderFiles(Path.Combine(Folder, "nothing-wrong")))!.Component.ShouldBeNull();
    }

    private static byte[] Unpacked(RecordingFiles files, string name)
    {
        using var stream = files.OpenRead(name);
        using var unpacked = new MemoryStream();
        using Stream source = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
        source.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
