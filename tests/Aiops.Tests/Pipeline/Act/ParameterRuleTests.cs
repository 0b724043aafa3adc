using Aiops.Pipeline.Act;

namespace Aiops.Tests.Pipeline.Act;

public sealed class ParameterRuleTests
{
    private static readonly ParameterRule Count = new() { Min = 1, Max = 10 };
    private static readonly ParameterRule Anything = new() { Pattern = ".*" };
    private static readonly ParameterRule Zone = new() { OneOf = ["a", "b"] };

    [Theory]
    [InlineData("1", true)]
    [InlineData("10", true)]
    [InlineData("0", false)]
    [InlineData("11", false)]
    [InlineData("-1", false)]
    [InlineData("01", false)]
    [InlineData("+1", false)]
    [InlineData("1.0", false)]
    [InlineData("1e0", false)]
    [InlineData(" 1", false)]
    [InlineData("٣", false)]
    [InlineData("99999999999999999999", false)]
    public void A_number_is_plain_and_between_its_limits(string value, bool taken) => (Count.Refusal(value) is null).ShouldBe(taken);

    [Theory]
    [InlineData("--flag")]
    [InlineData("-")]
    [InlineData("a\nb")]
    [InlineData("a\r")]
    [InlineData("a\0")]
    [InlineData("a\u2028b")]
    [InlineData("a\u202eb")]
    [InlineData("")]
    public void Some_values_are_refused_whatever_the_pattern_takes(string value) => Anything.Refusal(value).ShouldNotBeNull();

    [Fact]
    public void A_value_of_the_longest_length_is_taken_and_one_more_is_not()
    {
        Anything.Refusal(new string('a', ParameterRule.Longest)).ShouldBeNull();
        Anything.Refusal(new string('a', ParameterRule.Longest + 1)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("checkout", true)]
    [InlineData("checkout; rm -rf /", false)]
    [InlineData("$(reboot)", false)]
    [InlineData("`reboot`", false)]
    [InlineData("checkout\n", false)]
    [InlineData("xcheckoutx1", false)]
    public void A_pattern_must_match_the_whole_value(string value, bool taken)
        => (new ParameterRule { Pattern = "[a-z]+" }.Refusal(value) is null).ShouldBe(taken);

    [Fact]
    public void An_alternative_in_a_pattern_does_not_loosen_its_ends() => new ParameterRule { Pattern = "a|b" }.Refusal("ax").ShouldNotBeNull();

    [Theory]
    [InlineData("a", true)]
    [InlineData("c", false)]
    [InlineData("A", false)]
    public void One_of_a_list_is_one_of_it_to_the_letter(string value, bool taken) => (Zone.Refusal(value) is null).ShouldBe(taken);
}
