using Aiops.Analysis.Topology;
using Aiops.Pipeline.Comment.Report;

namespace Aiops.Tests.Pipeline.Comment.Report;

public sealed class LayeredLayoutTests
{
    [Fact]
    public void Callers_stand_left_of_what_they_call()
    {
        var layout = LayeredLayout.Of(["a", "b", "c", "d"], [new("a", "b"), new("b", "c"), new("a", "c"), new("d", "c")]);
        (layout.Places["a"].Column, layout.Places["b"].Column, layout.Places["c"].Column).ShouldBe((0, 1, 2));
        layout.Places["d"].Column.ShouldBe(1); // Next to what it calls.
        layout.Routes.Single(route => route.Call == new Call("a", "c")).Points.Count.ShouldBe(3); // Around b.
    }

    [Fact]
    public void Cycles_and_calls_to_oneself_are_borne()
    {
        var layout = LayeredLayout.Of(["a", "b", "c"], [new("a", "b"), new("b", "c"), new("c", "a"), new("a", "a")]);
        layout.Columns.ShouldBe(3);
        layout.Routes.Count.ShouldBe(3);
        var back = layout.Routes.Single(route => route.Call == new Call("c", "a")).Points;
        back[0].ShouldBe(layout.Places["c"]);
        back[^1].ShouldBe(layout.Places["a"]);
    }

    [Fact]
    public void One_component_alone_is_a_picture() => LayeredLayout.Of(["a"], []).Places["a"].ShouldBe((0, 0));

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(60)]
    public void No_component_stands_on_another_and_order_of_reading_changes_nothing(int size)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var names = Enumerable.Range(0, size).Select(i => $"c{i:00}").ToArray();
            var calls = Enumerable.Range(0, 2 * size).Select(_ => new Call(names[random.Next(size)], names[random.Next(size)])).ToArray();
            var layout = LayeredLayout.Of(names, calls);

            foreach (var column in layout.Places.Values.GroupBy(place => place.Column))
            {
                var rows = column.Select(place => place.Row).Order().ToList();
                rows[0].ShouldBeGreaterThanOrEqualTo(0);
                rows.Zip(rows.Skip(1), (above, below) => below - above).ShouldAllBe(distance => distance > 0.999);
            }

            layout.Places.Values.Max(place => place.Column).ShouldBeLessThan(layout.Columns);
            foreach (var route in layout.Routes)
            {
                (route.Points[0], route.Points[^1]).ShouldBe((layout.Places[route.Call.Caller], layout.Places[route.Call.Callee]));
            }

            random.Shuffle(names);
            random.Shuffle(calls);
            LayeredLayout.Of(names, calls).Places.OrderBy(pair => pair.Key).ShouldBe(layout.Places.OrderBy(pair => pair.Key));
        }
    }
}
