using Aiops.Accuracy;
using Aiops.Accuracy.Figures;
using Aiops.Accuracy.LogPatterns;

namespace Aiops.Tests.Accuracy.LogPatterns;

public class LoghubSuiteTests
{
    [FactNeeding(Need.LabelledData)]
    public async Task Labelled_logs_are_grouped_as_people_grouped_them_and_better_than_by_any_peer()
    {
        var run = new SuiteRun(Path.Combine(TestPaths.Shared!, "data", "loghub")) { Short = true };
        var report = await new LoghubSuite().RunAsync(run, default);
        Value(report.Ours, "groupingAccuracy").ShouldBeGreaterThan(0.97);
        Value(report.Ours, "newPatternF1").ShouldBeGreaterThan(0.97);
        report.Peers.ShouldAllBe(peer => Value(peer.Figures, "groupingAccuracy") < Value(report.Ours, "groupingAccuracy"));
    }

    [Fact]
    public void Generated_logs_are_grouped_as_they_were_generated()
    {
        List<LabelledLog> logs = [.. Enumerable.Range(0, 5).Select(seed => SyntheticLog.Generate(seed, 2_000))];
        var ours = LoghubSuite.FiguresOf(LogMiner.Ours, logs);
        Value(ours, "groupingAccuracy").ShouldBeGreaterThan(0.99);
        Value(ours, "newPatternF1").ShouldBeGreaterThan(0.95);
        foreach (var peer in LogMiner.Peers)
        {
            Value(LoghubSuite.FiguresOf(peer, logs), "groupingAccuracy").ShouldBeLessThan(Value(ours, "groupingAccuracy"));
        }
    }

    [Fact]
    public async Task A_missing_folder_is_named()
    {
        var missing = await Should.ThrowAsync<MissingDataException>(
            () => new LoghubSuite().RunAsync(new SuiteRun("no/such/folder"), default));
        missing.Message.ShouldContain("no/such/folder");
    }

    [Theory]
    [InlineData("LineId,Content,EventId\n1,a b,E1\n\n2,a c\n", "record 3 has 2")]
    [InlineData("LineId,Content,EventId\n1,\"a b,E1\n2,a c,E1\n", "record 2 has 2")]
    [InlineData("LineId,Content,EventId\n1,a b,E1\n2", "record 3 has 1")]
    [InlineData("LineId,Content,EventId\n", "no line below its header")]
    [InlineData("LineId,Content\n1,a b\n", "lacks the column")]
    public void A_log_that_cannot_be_read_is_named(string text, string place)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("x.log_structured.csv"), text);
        var refused = Should.Throw<MissingDataException>(() => LabelledLog.ReadAll(folder.Path));
        refused.Message.ShouldContain("x.log_structured.csv");
        refused.Message.ShouldContain(place);
    }

    private static double Value(FigureSet figures, string key)
        => figures.Figures.Single(figure => figure.Key == key).Figure.Value;
}
