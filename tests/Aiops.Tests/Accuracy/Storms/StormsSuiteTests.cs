using Aiops.Accuracy;
using Aiops.Accuracy.Figures;
using Aiops.Accuracy.Storms;
using Aiops.Analysis.Storms;

namespace Aiops.Tests.Accuracy.Storms;

public class StormsSuiteTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Floors a little below what was measured when they were written, against regressions.</summary>
    [Theory]
    [InlineData(0, 0.97, 0.96)]
    [InlineData(2, 0.88, 0.85)]
    public void Simulated_storms_are_grouped_alone_and_overlaid(int loners, double plainFloor, double overlaidFloor)
    {
        double plain = 0, overlaid = 0;
        for (var seed = 1; seed <= 5; seed++)
        {
            var one = new SimulatedStorms(seed) { Loners = loners }.Generate(Noon);
            var other = new SimulatedStorms(100 + seed) { Loners = loners, Pace = TimeSpan.FromSeconds(5) }.Generate(Noon);
            plain += Score(one) / 5;
            overlaid += Score(StormStreams.Overlay([one, other])) / 5;
        }

        plain.ShouldBeGreaterThan(plainFloor);
        overlaid.ShouldBeGreaterThan(overlaidFloor);
    }

    [Fact]
    public void Four_systems_in_trouble_most_of_the_time_are_told_apart()
    {
        var systems = Enumerable.Range(1, 4).Select(seed => new SimulatedStorms(seed)
        {
            Between = TimeSpan.FromMinutes(1),
            Pace = TimeSpan.FromSeconds(6),
            Faults = 30,
        }.Generate(Noon)).ToList();
        var stream = StormStreams.Overlay(systems);
        StormStreams.ShareAtOnce(stream).ShouldBeGreaterThan(0.4);
        Score(stream).ShouldBeGreaterThan(0.85);
        Score(stream, StormPeers.All[0].Group(stream, TimeSpan.FromMinutes(2))).ShouldBeLessThan(0.3, "a gap can't");
    }

    [Fact]
    public async Task A_folder_with_two_systems_is_overlaid_and_one_is_split()
    {
        using var folder = new TemporaryFolder();
        Write(folder.Path, "one", new SimulatedStorms(1).Generate(Noon));
        var single = await RunAsync(folder.Path);
        Keys(single.Ours).ShouldBe(["ari", "ariOverlaid", "ariOverlaidCrossing"]);
        single.Cases.ShouldBe(40);
        single.Peers.Select(peer => peer.Name)
            .ShouldBe(["time gap", "time gap, same entity", "connected within a sliding window"]);

        Write(folder.Path, "other", new SimulatedStorms(2).Generate(Noon.AddDays(300)));
        var both = await RunAsync(folder.Path);
        Keys(both.Ours).ShouldBe(["ari", "ariOverlaid"]);
        both.Cases.ShouldBe(80);
        both.Ours.Groups.Select(group => group.Name).ShouldBe(["one", "other"]);
        both.Ours.Figures.ShouldAllBe(figure => figure.Figure.Value > 0.9);
        both.Notes[0].ShouldContain("its alarms come while another incident runs");
    }

    [Fact]
    public async Task A_folder_without_a_system_is_named()
    {
        using var folder = new TemporaryFolder();
        (await Should.ThrowAsync<MissingDataException>(() => RunAsync(folder.Path))).Message.ShouldContain("metric/metrics.json");
        var none = Path.Combine(folder.Path, "none");
        (await Should.ThrowAsync<MissingDataException>(() => RunAsync(none))).Message.ShouldContain(none);

        Directory.CreateDirectory(Path.Combine(folder.Path, "trace"));
        File.WriteAllText(Path.Combine(folder.Path, "trace", "traces.json"), """{"1":[["soon","a","b","GET","500"]]}""");
        (await Should.ThrowAsync<MissingDataException>(() => RunAsync(folder.Path))).Message.ShouldContain("traces.json");
    }

    [Theory]
    [InlineData("""[99999999999999999,"a","b","GET","500"]""")]
    [InlineData("""["99999999999999999999","a","b","GET","500"]""")]
    [InlineData("""[1.5,"a","b","GET","500"]""")]
    [InlineData("""[1,null,"b","GET","500"]""")]
    [InlineData("""[1,"a"]""")]
    public async Task An_alarm_that_is_none_is_named(string alarm)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("trace"));
        await File.WriteAllTextAsync(folder.File("trace/traces.json"), $$"""{"f7":[[1,"a","b","GET","500"],{{alarm}}]}""");
        (await Should.ThrowAsync<MissingDataException>(() => RunAsync(folder.Path)))
            .Message.ShouldContain("at fault \"f7\", alarm 2");
    }

    [Fact]
    public void A_split_keeps_together_what_speaks_of_each_other()
    {
        StormAlarm[] alarms = [.. Enumerable.Range(0, 40).Select(i => new StormAlarm(
            Noon.AddSeconds(i), $"{"ab"[i % 2]}{i % 3}", $"{"ab"[i % 2]}{(i + 1) % 3}", IsCall: true, "500", "fault"))];
        SystemSplit.SecondPart(alarms).Select(name => name[0]).Distinct().ShouldHaveSingleItem();

        var stream = StormStreams.Split(alarms, crossing: false);
        stream.Select(alarm => alarm.Fault).Distinct().Count().ShouldBe(2);
        stream.ShouldAllBe(alarm => alarm.Component == alarm.Prefix + alarm.Entity && alarm.Touched == alarm.Prefix + alarm.Other);
        stream.ShouldBeInOrder(SortDirection.Ascending, Comparer<StormAlarm>.Create((one, other) => one.At.CompareTo(other.At)));
    }

    /// <summary>A cut weighed anew for every move would take hours here.</summary>
    [Fact]
    public void A_system_of_five_hundred_is_split_where_its_halves_meet()
    {
        var within = from half in "ab"
                     from i in Enumerable.Range(0, 250)
                     from step in new[] { 1, 7, 31, 90 }
                     select ($"{half}{i}", $"{half}{(i + step) % 250}");
        var across = Enumerable.Range(0, 25).Select(i => ($"a{10 * i}", $"b{(7 * i) + 3}"));
        StormAlarm[] alarms = [.. within.Concat(across)
            .Select(pair => new StormAlarm(Noon, pair.Item1, pair.Item2, IsCall: true, "500", "fault"))];
        var second = SystemSplit.SecondPart(alarms);
        second.Count.ShouldBe(250);
        second.Select(name => name[0]).Distinct().ShouldHaveSingleItem();
    }

    [FactNeeding(Need.LabelledData)]
    public async Task The_public_storms_are_grouped_up_to_the_bars()
    {
        var report = await RunAsync(Path.Combine(TestPaths.Shared!, "data", "storms"));
        Figure(report.Ours, "ari").ShouldBeGreaterThanOrEqualTo(0.99);
        Figure(report.Ours, "ariOverlaid").ShouldBeGreaterThanOrEqualTo(0.95);
        Figure(report.Peers[0].Figures, "ariOverlaid").ShouldBeLessThan(0.8, "a gap alone can't");
    }

    private static Task<SuiteReport> RunAsync(string folder)
        => new StormsSuite().RunAsync(new SuiteRun(folder) { Short = true }, default);

    private static double Score(IReadOnlyList<StormAlarm> stream, IReadOnlyList<int>? groups = null)
        => StormsSuite.Score(stream, groups ?? StormsSuite.Group(stream, CorrelationWeights.Default));

    private static IEnumerable<string> Keys(FigureSet figures) => figures.Figures.Select(figure => figure.Key);

    private static double Figure(FigureSet figures, string key)
        => figures.Figures.Single(figure => figure.Key == key).Figure.Value;

    private static void Write(string folder, string system, IReadOnlyList<StormAlarm> alarms)
    {
        WriteFile("metric", "metrics.json", alarm => !alarm.IsCall);
        WriteFile("trace", "traces.json", alarm => alarm.IsCall);

        void WriteFile(string kind, string name, Predicate<StormAlarm> which)
        {
            Directory.CreateDirectory(Path.Combine(folder, system, kind));
            var faults = alarms.Where(alarm => which(alarm)).GroupBy(alarm => alarm.Fault)
                .Select(fault => $"\"{fault.Key}\":[{string.Join(",", fault.Select(Line))}]");
            File.WriteAllText(Path.Combine(folder, system, kind, name), "{" + string.Join(",", faults) + "}");
        }

        static string Line(StormAlarm alarm) => $"[\"{alarm.At.ToUnixTimeMilliseconds()}\",\"{alarm.Entity}\","
            + $"{(alarm.Other is null ? "null" : $"\"{alarm.Other}\"")},\"{alarm.Signal}\",\"{(alarm.IsCall ? "500" : "up")}\"]";
    }
}
