using Aiops.Accuracy.Storms;
using Aiops.Analysis.Storms;
using Aiops.Analysis.Topology;
using Aiops.Pipeline;

namespace Aiops.Tests.Accuracy.Storms;

public class OneEngineTests
{
    /// <summary>What the suite measures is what intake does, in batches of any size and with its memory between them.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Intake_puts_each_alarm_where_the_suite_puts_it(int loners)
    {
        var one = new SimulatedStorms(1) { Loners = loners, Faults = 8 }.Generate(Alarms.Start);
        var other = new SimulatedStorms(2) { Loners = loners, Faults = 8, Pace = TimeSpan.FromSeconds(9) }.Generate(Alarms.Start);
        var stream = StormStreams.Overlay([one, other]);
        var measured = StormsSuite.Group(stream, CorrelationWeights.Default);

        var intake = new IntakeBench(ServiceGraph.Empty);
        var random = new Random(3);
        List<string> taken = [];
        for (var i = 0; i < stream.Count;)
        {
            var size = Math.Min(random.Next(1, 40), stream.Count - i);
            Trigger[] batch = [.. stream.Skip(i).Take(size).Select((alarm, j) => Trigger(alarm, i + j))];
            taken.AddRange((await intake.TakeAsync(batch)).Select(decision => decision.IncidentId!));
            i += size;
        }

        Partition(taken).ShouldBe(Partition(measured));
    }

    // Numbered so that triggers of one instant keep their order.
    private static Trigger Trigger(StormAlarm alarm, int number)
        => alarm.ToTrigger(number) with { SourceId = $"{number:D6}", Account = "111122223333" };

    private static IEnumerable<int> Partition<T>(IReadOnlyList<T> groups)
        where T : notnull
    {
        Dictionary<T, int> first = [];
        return groups.Select((group, i) => first.TryAdd(group, i) ? i : first[group]);
    }
}
