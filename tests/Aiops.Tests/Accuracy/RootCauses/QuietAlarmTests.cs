using Aiops.Accuracy.RootCauses;
using Aiops.Local.Import;

namespace Aiops.Tests.Accuracy.RootCauses;

public sealed class QuietAlarmTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Each_cut_judges_the_last_rows_before_it_by_all_that_came_earlier()
    {
        PetshopFolder.Write(folder.Path);
        var issue = (await CaseReader.ReadAllAsync(new PetshopImporter(), folder.File("petshop"), default).FirstAsync()).Case;

        var quiet = QuietAlarm.Of(issue).ToList();

        quiet.Count.ShouldBe(6);
        for (var i = 0; i < quiet.Count; i++)
        {
            var rows = PetshopFolder.NormalRows * QuietAlarm.Cuts[i] / 100;
            quiet[i].Metrics.ShouldAllBe(series => series.Values.Length == rows);
            quiet[i].Guard!.Value.End.ShouldBe(quiet[i].Incident.Start);
            quiet[i].Baseline.End.ShouldBe(quiet[i].Guard!.Value.Start);
            quiet[i].Metrics[0].Where((time, _) => quiet[i].Incident.Contains(time)).Values.Length.ShouldBe(5);
            quiet[i].Symptom!.At.ShouldBeInRange(quiet[i].Incident.Start, quiet[i].Incident.End);
        }
    }

    [Fact]
    public async Task The_authors_way_judges_all_rows_after_the_cut()
    {
        PetshopFolder.Write(folder.Path);
        var issue = (await CaseReader.ReadAllAsync(new PetshopImporter(), folder.File("petshop"), default).FirstAsync()).Case;

        QuietAlarm.OfTheRest(issue).Select(one => one.Metrics[0].Where((time, _) => one.Incident.Contains(time)).Values.Length)
            .ShouldBe([60, 48, 36, 24, 12]);
    }
}
