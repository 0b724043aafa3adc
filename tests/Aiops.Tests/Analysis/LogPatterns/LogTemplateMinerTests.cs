using Aiops.Accuracy.LogPatterns;
using Aiops.Analysis.LogPatterns;

namespace Aiops.Tests.Analysis.LogPatterns;

public class LogTemplateMinerTests
{
    [Theory]
    [InlineData("user 42 logged in", "user <*> logged in")]
    [InlineData("GET /v1/users/a3f9 took 12ms", "GET <*> took <*>")]
    [InlineData("blk_-1608999687919862906 from 10.250.19.102:54106", "<*> from <*>:<*>")]
    [InlineData("no variables here", "no variables here")]
    [InlineData("first line 1\nat Some.Frame", "first line <*>")]
    [InlineData("sent 1.5 KB in <1 sec", "sent <*> KB in <<*> sec")]
    [InlineData("opened https://shop.example.org/a?b=c now", "opened <*> now")]
    [InlineData(@"read C:\Windows\system.ini, then stopped", "read <*>, then stopped")]
    [InlineData("from mail.example.org:25 to 5c:50:15:4c:18:13", "from <*> to <*>")]
    [InlineData("since Sun Jul 10 03:55:15 2005", "since <*> <*> <*>")]
    [InlineData("state of fe80::c6b3:1ff:fecd:467f is up", "state of <*> is up")]
    [InlineData("thrown at (Order.java:12)", "thrown at (Order.java:<*>)")]
    [InlineData("nodes: node-1 7 <ok> node-2 9 <ok> node-3 1 <ok>", "nodes: <*> <*> <ok>")]
    [InlineData("wait... done.", "wait... done.")]
    [InlineData("May the third", "May the third")]
    [InlineData("", "")]
    public void What_varies_by_its_looks_is_masked_and_words_are_kept(string line, string template)
        => new LogTemplateMiner().Add(line).Template.ShouldBe(template);

    [Fact]
    public void A_fifth_word_at_a_place_makes_it_a_variable_and_a_fourth_does_not()
    {
        var miner = new LogTemplateMiner();
        string[] users = ["alice", "bob", "carol", "dave", "erin"];
        foreach (var user in users[..4])
        {
            miner.Add($"session opened for user {user}");
        }

        miner.Groups.Count.ShouldBe(4);
        var first = miner.Groups[0];
        miner.Add($"session opened for user {users[4]}");
        miner.Groups.ShouldHaveSingleItem().Template.ShouldBe("session opened for user <*>");
        first.Current.ShouldBe(miner.Groups[0], "the oldest group stays");
    }

    [Fact]
    public void Two_words_hold_a_message_together_less_than_three_do()
    {
        var miner = new LogTemplateMiner();
        foreach (var service in new[] { "irqbalance", "portmap", "syslogd", "klogd", "crond", "ntpd", "cupsd", "sshd", "named" })
        {
            miner.Add($"{service} startup succeeded");
        }

        miner.Groups.Count.ShouldBe(9);
        miner.Add("acpid startup succeeded");
        miner.Groups.ShouldHaveSingleItem().Template.ShouldBe("<*> startup succeeded");
    }

    [Fact]
    public void Few_words_that_two_messages_share_are_variable_in_both()
    {
        var miner = new LogTemplateMiner();
        foreach (var user in new[] { "cyrus", "news", "test" })
        {
            miner.Add($"session opened for user {user} by (uid=0)");
            miner.Add($"session closed for user {user}");
        }

        miner.Groups.Select(group => group.Template)
            .ShouldBe(["session opened for user <*> by (uid=<*>)", "session closed for user <*>"]);
    }

    [Fact]
    public void A_name_beside_addresses_is_a_variable_and_a_plain_word_is_not()
    {
        var miner = new LogTemplateMiner();
        miner.Add("lost the peer 10.0.0.7 again");
        miner.Add("lost the peer db.example.org again");
        miner.Groups.ShouldHaveSingleItem();
        miner.Add("lost the peer connection again");
        miner.Groups.Count.ShouldBe(1, "by now the place is known to vary");

        var other = new LogTemplateMiner();
        other.Add("exit code is 17");
        other.Add("exit code is unknown");
        other.Groups.Count.ShouldBe(2);
    }

    [Fact]
    public void Optional_variables_leave_a_message_what_it_is()
    {
        var miner = new LogTemplateMiner();
        miner.Add("close, 18 bytes sent");
        miner.Add("close, 1882 bytes (1.84 KB) sent");
        miner.Groups.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(14)]
    public void Groups_templates_and_ids_are_the_same_in_any_order(int log)
    {
        var lines = SyntheticLog.Generate(log, lines: 1_500).Messages.ToArray();
        var expected = Mined(lines);
        for (var seed = 0; seed < 5; seed++)
        {
            new Random(seed).Shuffle(lines);
            Mined(lines).ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData(2, 40)]
    [InlineData(3, 300)]
    [InlineData(5, 100_000)]
    public void Several_words_may_vary_at_once_and_memory_stays_bounded(int variables, int values)
    {
        string[] between = ["was moved towards", "inside of the zone", "with the title set", "after the reason", "until the end"];
        var random = new Random(values);
        var miner = new LogTemplateMiner(mostShapes: 500);
        for (var i = 0; i < 5_000; i++)
        {
            miner.Add("the user" + string.Concat(between.Take(variables).Select(rest => $" {Word(random.Next(values))} {rest}")));
        }

        var group = miner.Groups.ShouldHaveSingleItem();
        group.Template.ShouldBe("the user " + string.Join(' ', between.Take(variables).Select(words => $"<*> {words}")));
        group.Shapes().Count().ShouldBeLessThanOrEqualTo(1_000);
    }

    [Fact]
    public void Names_beside_addresses_are_variables_in_two_places_at_once()
    {
        var miner = new LogTemplateMiner();
        (string, string)[] copies = [("10.0.0.1", "10.0.0.2"), ("a.example.org", "10.0.0.2"), ("b.example.org", "c.example.org")];
        foreach (var (from, to) in copies)
        {
            miner.Add($"the copy of {from} was handed over to {to} as asked");
        }

        miner.Groups.ShouldHaveSingleItem().Template.ShouldBe("the copy of <*> was handed over to <*> as asked");
    }

    [Fact]
    public void An_id_is_the_same_on_every_machine()
        => new LogTemplateMiner().Add("connection to 10.0.0.1 refused").Id.ShouldBe("7c56f63592db");

    [Fact]
    public void Beyond_the_bound_lines_share_one_group_unless_known_variables_explain_them()
    {
        var miner = new LogTemplateMiner(mostShapes: 8);
        foreach (var user in new[] { "alice", "bob", "carol", "dave", "erin" })
        {
            miner.Add($"session opened for user {user}");
        }

        miner.Add("beta");
        miner.Add("gamma x");
        var overflow = miner.Add("delta p");
        miner.Add("epsilon p").ShouldBe(overflow);
        miner.Add("session opened for user frank").Template.ShouldBe("session opened for user <*>");
        miner.Groups.Select(group => group.Template).ShouldBe(["session opened for user <*>", "beta", "gamma x", "<*>"]);
    }

    [Fact]
    public void Known_lines_cost_no_allocation()
    {
        var miner = new LogTemplateMiner();
        string[] lines = ["user 42 logged in from 10.0.0.1", "shard 7 evicted 1200 entries in 3 ms", "pool is exhausted"];
        void Pass()
        {
            foreach (var line in lines)
            {
                miner.Add(line);
            }
        }

        Pass();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Pass();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void The_longest_line_and_the_strangest_characters_are_borne()
    {
        var miner = new LogTemplateMiner();
        miner.Add(new string('x', 5_000)).Template.Length.ShouldBe(1_024);
        miner.Add(string.Concat(Enumerable.Range(0, 300).Select(i => $" w{(char)('a' + (i % 26))}"))).Template.ShouldNotBeEmpty();
        const string Strange = ": :: a: / // \\ C: C:\\ [ ((( 1 . ... a.b: a.b:1 x:// Mon é \0";
        foreach (var line in Strange.Split(' '))
        {
            miner.Add(line).Template.ShouldNotBeNull();
        }
    }

    /// <summary>Letters alone, a different word for each number.</summary>
    private static string Word(int number) => $"w{string.Concat(number.ToString().Select(digit => (char)('k' + digit - '0')))}";

    private static List<(string Id, string Template, int Lines)> Mined(IEnumerable<string> lines)
    {
        var miner = new LogTemplateMiner();
        return [.. lines.Select(line => miner.Add(line)).ToList().GroupBy(group => group.Current)
            .Select(same => (same.Key.Id, same.Key.Template, same.Count()))
            .OrderBy(one => one.Id, StringComparer.Ordinal)];
    }
}
