using Aiops.Accuracy.RootCauses;
using Aiops.Accuracy.RootCauses.LateOnset;
using Aiops.Analysis.RootCauses;
using Aiops.Local.Import;
using Aiops.Local.Recordings;
using Aiops.Pipeline.GatherContext;
using Aiops.Simulator;

namespace Aiops.Tests.Accuracy.RootCauses;

public sealed class DisturbanceTests : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Undisturbed_telemetry_asks_the_same_question_as_its_recording()
    {
        var recording = Recording.Open(Path.Combine(TestPaths.Root, "recordings", "throttled-table"));
        var situation = await Situation.ReadAsync(recording, default);

        var asked = await CaseReader.AskAsync(situation.Telemetry.ToSources(situation), situation.Alarm, default);

        var read = (await CaseReader.ReadAsync(recording, default)).Case;
        asked.Metrics.Count.ShouldBe(read.Metrics.Count);
        asked.Logs.ShouldBe(read.Logs);
        asked.Traces.ShouldBe(read.Traces);
        (asked.Incident, asked.Baseline, asked.Symptom).ShouldBe((read.Incident, read.Baseline, read.Symptom));
        Scores(asked with { Changes = read.Changes }).ShouldBe(Scores(read)); // Changes are left aside: no public data has any.
    }

    [Fact]
    public async Task A_late_alarm_moves_the_window_and_itself()
    {
        var situation = await IssueAsync();
        var late = LateAlarm.By(situation, 2 * Period);

        var (before, after) = (situation.Windows[ContextSource.Metrics], late.Windows[ContextSource.Metrics]);
        (after.Incident.Start - before.Incident.Start).ShouldBe(2 * Period);
        after.Incident.End.ShouldBe(before.Incident.End);
        after.Baseline.ShouldBe(before.Baseline);
        (late.Alarm.Incident.OpenedAt - situation.Alarm.Incident.OpenedAt).ShouldBe(2 * Period);
    }

    [Fact]
    public async Task Late_into_normal_life_the_faults_first_samples_are_told_to_be_normal()
    {
        var situation = await IssueAsync();
        var late = LateAlarm.IntoNormalLife(situation, 2 * Period);
        var windows = late.Windows[ContextSource.Metrics];

        windows.Baseline.End.ShouldBe(windows.Incident.Start);
        windows.Incident.Length.ShouldBe(3 * Period);
        var series = late.Telemetry.Metrics!.Single(one => one.Component == "table");
        series.UnixMilliseconds.ShouldBeInOrder();
        series.Values.Length.ShouldBe(PetshopFolder.NormalRows + 5);
        series.Where((time, _) => windows.Baseline.Contains(time)).Values[^1].ShouldBeGreaterThan(1, "the first slow row");
    }

    [Fact]
    public async Task A_window_after_the_onset_has_lost_the_faults_first_row()
    {
        var situation = await IssueAsync();

        LateAlarm.AfterOnset(situation, Period).Windows[ContextSource.Metrics].Incident.Length
            .ShouldBe(2 * Period, "the alarm comes 400 s into 5 rows, so its first row is the third");
    }

    [Fact]
    public async Task Gaps_take_a_tenth_to_a_fifth_and_repeat()
    {
        var situation = await IssueAsync();
        for (var seed = 0; seed < 20; seed++)
        {
            var left = Samples(WorseTelemetry.Gaps(situation, new SimulatedRandom(seed, "gaps")));
            (1 - (left / Samples(situation))).ShouldBeInRange(0.05, 0.25);
            Samples(WorseTelemetry.Gaps(situation, new SimulatedRandom(seed, "gaps"))).ShouldBe(left);
        }
    }

    [Fact]
    public async Task Missing_components_are_never_the_cause_nor_the_one_that_alarmed()
    {
        var recording = Recording.Open(Path.Combine(TestPaths.Root, "recordings", "throttled-table"));
        var situation = await Situation.ReadAsync(recording, default);
        for (var seed = 0; seed < 20; seed++)
        {
            var left = WorseTelemetry.Missing(situation, "carts", new SimulatedRandom(seed, "missing"));

            left.Components.ShouldContain("carts");
            left.Components.ShouldContain(situation.Alarm.Incident.First.Component!);
            ((double)left.Components.Count / situation.Components.Count).ShouldBeInRange(0.75, 0.95);
            left.Telemetry.Topology!.Components.Select(component => component.Name).ShouldBeSubsetOf(left.Components);
        }
    }

    [Fact]
    public async Task Noise_stays_within_what_was_ever_seen_and_leaves_flat_series_alone()
    {
        var situation = await IssueAsync();
        var some = situation.Telemetry.Metrics![0];
        var flat = some with { Metric = "flat", Values = [.. some.Values.Select(_ => 100.0)] };
        situation = situation with { Telemetry = situation.Telemetry with { Metrics = [.. situation.Telemetry.Metrics, flat] } };

        var noisy = WorseTelemetry.Noise(situation, new SimulatedRandom(1, "noise")).Telemetry.Metrics!;

        noisy[^1].Values.ShouldBe(flat.Values);
        for (var i = 0; i < noisy.Count - 1; i++)
        {
            var quiet = situation.Telemetry.Metrics[i].Values;
            noisy[i].Values.ShouldNotBe(quiet);
            noisy[i].Values.ShouldAllBe(value => value >= quiet.Min() && value <= quiet.Max());
        }
    }

    private async Task<Situation> IssueAsync()
    {
        PetshopFolder.Write(folder.Path);
        var all = new PetshopImporter().ImportAsync(folder.File("petshop"), name => new MemoryFiles(name), default);
        var imported = await all.LastAsync();
        return await Situation.ReadAsync(Recording.Open(imported.Files), default);
    }

    private static double Samples(Situation situation) => situation.Telemetry.Metrics!.Sum(series => series.Values.Length);

    private static IEnumerable<(string, double)> Scores(RootCauseCase incident)
        => RootCauseEngine.Rank(incident).Suspects.Select(suspect => (suspect.Component, suspect.Score));
}
