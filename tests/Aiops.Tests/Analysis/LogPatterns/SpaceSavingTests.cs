using Aiops.Analysis.LogPatterns;
using FsCheck;
using FsCheck.Fluent;

namespace Aiops.Tests.Analysis.LogPatterns;

public class SpaceSavingTests
{
    [Fact]
    public void The_rarest_key_gives_way_and_hands_its_count_on_as_the_error()
    {
        var counts = new SpaceSaving(mostKeys: 3);
        foreach (var key in new[] { "a", "a", "a", "b", "c", "c", "d" })
        {
            counts.Add(key, isLater: false);
        }

        counts.Counters.OrderBy(counter => counter.Key).ShouldBe([new("a", 3, 0, 0), new("c", 2, 0, 0), new("d", 1, 0, 1)]);
    }

    [Fact]
    public void Whatever_comes_a_newcomer_takes_the_place_of_one_of_the_rarest()
        => Prop.ForAll(Gen.Choose(0, 11).ArrayOf().ToArbitrary(), keys =>
        {
            var counts = new SpaceSaving(mostKeys: 5);
            Dictionary<string, SpaceSaving.Counter> known = [];
            foreach (var number in keys)
            {
                var key = $"{number}";
                var isKnown = known.TryGetValue(key, out var counter);
                var error = isKnown || known.Count < 5 ? 0 : known.Values.Min(one => one.Estimate);
                counts.Add(key, isLater: number % 2 == 0);
                var now = counts.Counters.ToDictionary(one => one.Key);
                var expected = isKnown ? counter : new SpaceSaving.Counter(key, 0, 0, error);
                expected = number % 2 == 0
                    ? expected with { Later = expected.Later + 1 }
                    : expected with { Earlier = expected.Earlier + 1 };
                var gone = known.Values.Where(one => !now.ContainsKey(one.Key)).ToList();
                if (now[key] != expected
                    || gone.Count != (isKnown || known.Count < 5 ? 0 : 1)
                    || gone.Exists(one => one.Estimate != error)
                    || now.Values.Any(one => one.Key != key && one != known[one.Key]))
                {
                    return false;
                }

                known = now;
            }

            return true;
        }).QuickCheckThrowOnFailure();
}
