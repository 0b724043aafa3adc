using Aiops.Analysis.Storms;
using Aiops.Analysis.Topology;
using FsCheck;
using FsCheck.Fluent;

namespace Aiops.Tests.Analysis.Storms;

/// <summary>Time orders a storm; how its graph and each alarm's names happen to be listed doesn't.</summary>
public class GroupingOrderTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_order_of_components_calls_names_and_marks_does_not_matter()
        => Prop.ForAll(Gen.Choose(0, 99_999).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            Call[] calls = [.. Enumerable.Range(0, 14).Select(_ => new Call(Name(random, 12), Name(random, 12)))];
            Component[] components = [.. Enumerable.Range(0, 12).Select(i => new Component($"c{i:00}"))];
            Alarm[] alarms = [.. Enumerable.Range(0, 60).Select(i => new Alarm(
                Noon.AddSeconds(i * random.Next(60)),
                Name(random, 18),
                [Name(random, 18), Name(random, 18)],
                [$"w:{Name(random, 6)}", $"r:{Name(random, 6)}"]))];
            Alarm[] inTime = [.. alarms.OrderBy(alarm => alarm.At)];
            Alarm[] listedOtherwise = [.. inTime.Select(alarm => alarm with
            {
                Touches = [.. alarm.Touches.Reverse()],
                Marks = [.. alarm.Marks.Reverse()],
            })];
            return Keys(new ServiceGraph(components, calls), inTime).SequenceEqual(Keys(
                new ServiceGraph(components.OrderBy(_ => random.Next()), calls.OrderBy(_ => random.Next())), listedOtherwise));
        }).QuickCheckThrowOnFailure();

    private static string Name(Random random, int names) => $"c{random.Next(names):00}";

    private static IEnumerable<string> Keys(ServiceGraph graph, IEnumerable<Alarm> alarms)
    {
        var grouping = new AlarmGrouping(GraphReach.Of(graph), CorrelationWeights.Default);
        return [.. alarms.Select(alarm => grouping.Take(alarm).Incident.Key)];
    }
}
