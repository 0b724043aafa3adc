using System.Globalization;
using System.Reflection;
using System.Text;
using Aiops.Scenarios.Running;
using Xunit.Abstractions;

namespace Aiops.Scenarios.RedHerrings;

/// <summary>Every story, for every seed: what must be cited is cited, and what misleads is ruled out.</summary>
public sealed class RedHerringTests(ITestOutputHelper output)
{
    private const int Seeds = 5;

    // Whatever the files of Stories/ hold.
    private static readonly IReadOnlyList<Story> Stories =
    [
        .. typeof(Story).Assembly.GetTypes()
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Static))
            .Where(property => property.PropertyType == typeof(Story))
            .Select(property => (Story)property.GetValue(null)!)
            .OrderBy(story => story.Title, StringComparer.Ordinal),
    ];

    public static TheoryData<string> Titles => [.. Stories.Select(story => story.Title)];

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task What_misleads_is_ruled_out_by_evidence(string title)
    {
        var story = Stories.Single(one => one.Title == title);
        var met = story.Demands.ToDictionary(demand => demand, _ => 0);
        var shortfalls = new StringBuilder();
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var told = await StoryTeller.TellAsync(story, seed);
            told.ShouldNotBeEmpty($"no alarm fired for seed {seed}");
            IReadOnlyList<ToldIncident> untaught = story.Demands.Any(demand => demand.Beside is not null)
                ? await StoryTeller.TellAsync(story with { Before = null }, seed)
                : [];
            foreach (var demand in story.Demands)
            {
                var missing = demand.Beside is { } beside ? beside(told, untaught) : demand.Missing(told);
                met[demand] += missing is null ? 1 : 0;
                _ = missing is null ? shortfalls : shortfalls.Append(CultureInfo.InvariantCulture, $"  seed {seed}: {demand.Words}: {missing}\n");
            }
        }

        output.WriteLine($"{story.Title}\n{story.Told}\n");
        foreach (var demand in story.Demands)
        {
            output.WriteLine($"  {met[demand]} of {Seeds}  {demand.Words}{(demand.Weakness is { } why ? $" (not met yet: {why})" : "")}");
        }

        output.WriteLine($"\n{shortfalls}");
        story.Demands.Where(demand => met[demand] < (demand.HoldsFor ?? Seeds)).Select(demand => demand.Words).ShouldBeEmpty(shortfalls.ToString());
        story.Demands.Where(demand => demand.HoldsFor is not null && met[demand] == Seeds).Select(demand => demand.Words)
            .ShouldBeEmpty("the engine meets this for every seed now: take OnlyFor away");
    }
}
