using Aiops.Ask.Questions;
using Aiops.Cli.Ask;
using Aiops.Local.Hosting;

namespace Aiops.Console.Tests;

/// <summary>What the console remembers of conversations: little, and not for long.</summary>
public sealed class ConversationsTests
{
    private readonly ReplayClock clock = new(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public void The_fifth_of_one_person_pushes_out_the_one_used_longest_ago_and_nobody_elses()
    {
        Conversations conversations = new(clock);
        var other = conversations.Keep("rev", null, [], Turn("other"));
        var ids = Enumerable.Range(0, Conversations.MostOfOne).Select(i => conversations.Keep("rea", null, [], Turn($"{i}"))).ToList();
        ids.ShouldAllBe(id => conversations.Find("rea", id).Count == 1);
        conversations.Keep("rea", ids[0], conversations.Find("rea", ids[0]), Turn("again")).ShouldBe(ids[0]); // Used just now.
        conversations.Keep("rea", null, [], Turn("fifth"));
        conversations.Find("rea", ids[1]).ShouldBeEmpty();
        conversations.Find("rea", ids[0]).Select(turn => turn.Question).ShouldBe(["0", "again"]);
        conversations.Find("rev", other).Count.ShouldBe(1);
        conversations.Find("rea", other).ShouldBeEmpty();
    }

    [Fact]
    public void Past_its_most_turns_it_forgets_the_oldest()
    {
        Conversations conversations = new(clock);
        string? id = null;
        for (var i = 0; i <= Conversation.Most; i++)
        {
            id = conversations.Keep("rea", id, conversations.Find("rea", id), Turn($"{i}"));
        }

        conversations.Find("rea", id).Select(turn => turn.Question).ShouldBe(Enumerable.Range(1, Conversation.Most).Select(i => $"{i}"));
    }

    [Fact]
    public void Past_its_most_people_it_forgets_whoever_asked_longest_ago()
    {
        Conversations conversations = new(clock);
        var ids = Enumerable.Range(0, Conversations.MostAtAll).Select(i => conversations.Keep($"{i}", null, [], Turn("q"))).ToList();
        conversations.Find("0", ids[0]).Count.ShouldBe(1);
        conversations.Keep("one more", null, [], Turn("q"));
        conversations.Find("0", ids[0]).ShouldBeEmpty();
        conversations.Find("1", ids[1]).Count.ShouldBe(1);
    }

    [Fact]
    public void After_a_session_it_is_gone()
    {
        Conversations conversations = new(clock);
        var id = conversations.Keep("rea", null, [], Turn("q"));
        clock.AdvanceTo(clock.GetUtcNow() + Conversations.Kept - TimeSpan.FromTicks(1));
        conversations.Find("rea", id).Count.ShouldBe(1);
        clock.AdvanceTo(clock.GetUtcNow() + TimeSpan.FromTicks(1));
        conversations.Find("rea", id).ShouldBeEmpty();
    }

    private static Turn Turn(string question) => new(question, "SELECT 1", question);
}
