using Aiops.Accuracy;
using Aiops.Accuracy.RootCauses;
using Aiops.Analysis.RootCauses;
using Aiops.Local.Hosting;
using Aiops.Local.Import;
using Aiops.Local.Recordings;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;

namespace Aiops.Tests.Accuracy.RootCauses;

/// <summary>What is measured is what runs: the harness asks the engine the very question that a replay asks it.</summary>
public sealed class CaseReaderTests
{
    private const int Round = 1;

    [Theory]
    [InlineData("throttled-table")]
    [InlineData("nothing-wrong")]
    public async Task A_demo_recording_is_ranked_as_its_replay_ranks_it(string name)
        => await ShouldRankAsReplayedAsync(Recording.Open(Path.Combine(TestPaths.Root, "recordings", name)));

    [FactNeeding(Need.LabelledData)]
    public async Task A_petshop_case_is_ranked_as_its_replay_ranks_it()
        => await ShouldRankAsReplayedAsync(new PetshopImporter(), Path.Combine(TestPaths.Shared!, "data", "petshop", "high_traffic"));

    [FactNeeding(Need.LabelledData)]
    public async Task A_nezha_case_is_ranked_as_its_replay_ranks_it()
    {
        using var folder = new TemporaryFolder();

        await ShouldRankAsReplayedAsync(new NezhaImporter(), NezhaPart.Link(folder));
    }

    [Fact]
    public async Task A_recording_without_a_label_is_refused_by_name()
    {
        var files = new MemoryFiles();
        files[RecordingManifest.FileName] = """
            {"formatVersion":1,"name":"bare","window":{"start":"2026-03-02T08:00:00Z","end":"2026-03-02T09:00:00Z"}}
            """u8.ToArray();

        var refused = await Should.ThrowAsync<MissingDataException>(() => CaseReader.ReadAsync(Recording.Open(files), default));

        refused.Message.ShouldContain("bare has no label");
    }

    private static async Task ShouldRankAsReplayedAsync(IRecordingImporter importer, string directory)
    {
        var first = await importer.ImportAsync(directory, name => new MemoryFiles(name), default).FirstAsync();
        await ShouldRankAsReplayedAsync(Recording.Open(first.Files));
    }

    private static async Task ShouldRankAsReplayedAsync(Recording recording)
    {
        var read = RootCauseEngine.Rank((await CaseReader.ReadAsync(recording, default)).Case);
        using var folder = new TemporaryFolder();
        await using var session = await ReplaySession.OpenAsync(recording, folder.File("state"), default);
        var result = await session.RunAsync(default);

        var incident = result.Reports.MinBy(report => report.Incident.OpenedAt)!.Incident;
        var context = await new ContextDocuments(session.Host.Documents)
            .ReadAsync(incident.Id, Round, AnalysisWindows.For(incident, incident.OpenedAt), default);
        var replayed = RootCauseEngine.Rank(FindRootCauseStep.CaseOf(incident, context));
        Figures(read).ShouldBe(Figures(replayed));
        (read.Undecided, read.NoneProbability, read.Onset)
            .ShouldBe((replayed.Undecided, replayed.NoneProbability, replayed.Onset));

        var key = FindRootCauseStep.KeyOf(incident.Id, Round);
        var written = System.Text.Json.JsonSerializer.Deserialize(
            (await session.Host.Documents.GetAsync(key, default))!, DiagnosisJson.Default.Diagnosis)!;
        var stored = DiagnosisWriter.Write(read, context, incident, []);
        written.Hypotheses.Select(one => (one.Rank, one.Component, one.Confidence))
            .ShouldBe(stored.Hypotheses.Select(one => (one.Rank, one.Component, one.Confidence)));
        written.NotEnoughEvidence.ShouldBe(stored.NotEnoughEvidence);
    }

    private static IEnumerable<(int, string, double, double)> Figures(RootCauseRanking ranking)
        => ranking.Suspects.Select(suspect => (suspect.Rank, suspect.Component, suspect.Score, suspect.Confidence));
}
