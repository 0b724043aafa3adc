using Aiops.Pipeline.Review.Tickets;

namespace Aiops.Tests.Pipeline.Review;

public sealed class ReviewCommandsTests
{
    [Theory]
    [InlineData("/aiops confirm")]
    [InlineData("  /AIOPS   Confirm ")]
    [InlineData("thanks!\r\n/aiops confirm\r\nbye")]
    [InlineData("\u00A0/aiops\u00A0confirm\u200B")]
    [InlineData("/aiops confirmed.")]
    public void A_line_that_begins_with_the_word_is_a_command(string reply)
        => ReviewCommands.Read(reply).ShouldBe([new ReviewCommand.Confirm()]);

    [Theory]
    [InlineData("> /aiops confirm")]
    [InlineData("```\n/aiops confirm\n```")]
    [InlineData("```\n/aiops confirm")]
    [InlineData("~~~text\n/aiops confirm\n~~~")]
    [InlineData("    /aiops confirm")]
    [InlineData("\t/aiops confirm")]
    [InlineData("{code:java}\n/aiops confirm\n{code}")]
    [InlineData("{noformat}\n/aiops confirm\n{noformat}")]
    [InlineData("{quote}\n/aiops confirm\n{quote}")]
    [InlineData("<pre>\n/aiops confirm\n</pre>")]
    [InlineData("[code]\n/aiops confirm\n[/code]")]
    [InlineData("try /aiops confirm")]
    [InlineData("`/aiops confirm`")]
    [InlineData("- /aiops confirm")]
    [InlineData("/aiopsconfirm")]
    [InlineData("/aiops-confirm")]
    [InlineData("\\/aiops confirm")]
    [InlineData("")]
    public void What_is_quoted_or_code_or_said_in_passing_asks_for_nothing(string reply) => ReviewCommands.Read(reply).ShouldBeEmpty();

    [Fact]
    public void What_comes_after_a_block_of_code_counts_again()
        => ReviewCommands.Read("```\n/aiops wrong\n```\n/aiops confirm\n{code}/aiops wrong{code}\n/aiops explain").ShouldBe([new ReviewCommand.Confirm(), new ReviewCommand.Explain()]);

    [Theory]
    [InlineData("checkout-db: connection pool exhausted", "checkout-db", "connection pool exhausted", false)]
    [InlineData("checkout-db:pool", "checkout-db", "pool", false)]
    [InlineData("checkout-db!: pool", "checkout-db", "pool", true)]
    [InlineData("`checkout-db`: a: b", "checkout-db", "a: b", false)]
    [InlineData("arn:aws:lambda:eu-west-1:1:function:pay: out of memory", "arn:aws:lambda:eu-west-1:1:function:pay", "out of memory", false)]
    [InlineData("arn:aws:lambda:eu-west-1:1:function:pay", "arn:aws:lambda:eu-west-1:1:function:pay", null, false)]
    [InlineData("checkout-db", "checkout-db", null, false)]
    [InlineData("checkout-db:", "checkout-db", null, false)]
    [InlineData("payment service: x", "payment service", "x", false)]
    public void A_cause_is_a_component_and_what_it_was(string said, string component, string? what, bool insists)
        => ReviewCommands.Read($"/aiops cause {said}").ShouldBe([new ReviewCommand.Cause(component, what, insists)]);

    [Theory]
    [InlineData("useful 2", new[] { 2 })]
    [InlineData("useful #1, 3 and 2.", new[] { 1, 2, 3 })]
    [InlineData("useful 1 1", new[] { 1 })]
    public void What_was_useful_goes_by_numbers(string said, int[] numbers)
        => ReviewCommands.Read($"/aiops {said}").ShouldHaveSingleItem().ShouldBeOfType<ReviewCommand.Useful>().Numbers.ShouldBe(numbers);

    [Theory]
    [InlineData("useful")]
    [InlineData("useful all")]
    [InlineData("useful 0")]
    [InlineData("useful 100")]
    [InlineData("useful 99999999999999999999")]
    [InlineData("cause")]
    [InlineData("cause : x")]
    [InlineData("confirm checkout-db")]
    [InlineData("delete everything")]
    public void What_is_not_understood_is_said_so_and_not_guessed(string said)
        => ReviewCommands.Read($"/aiops {said}").ShouldHaveSingleItem().ShouldBeOfType<ReviewCommand.NotUnderstood>();

    [Theory]
    [InlineData("/aiops")]
    [InlineData("/aiops help")]
    [InlineData("/aiops help me please")]
    public void Help_is_help(string reply) => ReviewCommands.Read(reply).ShouldBe([new ReviewCommand.Help()]);

    [Fact]
    public void Of_a_flood_of_commands_only_the_first_ten_are_read_and_a_cause_has_an_end()
    {
        ReviewCommands.Read(string.Concat(Enumerable.Repeat("/aiops explain\n", 11))).Count.ShouldBe(ReviewCommands.Most);
        var cause = ReviewCommands.Read($"/aiops cause a: {new string('x', 5_000)}").ShouldHaveSingleItem().ShouldBeOfType<ReviewCommand.Cause>();
        cause.What!.Length.ShouldBe(ReviewCommands.LongestCause);
        ReviewCommands.Read($"/aiops cause {new string('c', 301)}: x").ShouldHaveSingleItem().ShouldBeOfType<ReviewCommand.NotUnderstood>();
    }

    [Fact]
    public void A_component_is_known_by_its_name_in_any_case_or_its_last_part_and_a_slip_of_the_pen_is_near()
    {
        var known = new KnownComponents(["checkout", "checkout-db", "arn:aws:lambda:eu-west-1:1:function:pay", "search", "SEARCH"]);
        known.Find("checkout").ShouldBe("checkout");
        known.Find("CHECKOUT-DB").ShouldBe("checkout-db");
        known.Find("pay").ShouldBe("arn:aws:lambda:eu-west-1:1:function:pay");
        known.Find("Search").ShouldBeNull(); // Two are called so.
        known.Find("chekout-db").ShouldBeNull();
        known.Near("chekout-db")[0].ShouldBe("checkout-db");
        known.Near("kafka").ShouldBeEmpty();
    }
}
