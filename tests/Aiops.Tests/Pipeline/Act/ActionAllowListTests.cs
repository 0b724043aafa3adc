using Aiops.Pipeline.Act;

namespace Aiops.Tests.Pipeline.Act;

public sealed class ActionAllowListTests
{
    [Fact]
    public void Two_persons_are_wanted_unless_the_list_says_otherwise()
    {
        ActWorld.Read("{}").TwoPersons.ShouldBeTrue();
        ActWorld.Read("""{ "twoPersons": false }""").TwoPersons.ShouldBeFalse();
        ActWorld.Read("{}").IsOff.ShouldBeTrue();
        ActWorld.Read(ActWorld.Scale).IsOff.ShouldBeFalse();
    }

    [Theory]
    [InlineData("\"/opt/scale\"", "\"scale\"", "absolute path")]
    [InlineData("\"/opt/scale\"", "\"/bin/sh\"", "runs whatever it is told")]
    [InlineData("\"/opt/scale\"", "\"/usr/bin/python3\"", "runs whatever it is told")]
    [InlineData("\"/opt/scale\"", "\"/opt/{service}\"", "takes no placeholder")]
    [InlineData("{count}\"]", "{other}\"]", "{other} has no rule")]
    [InlineData("\"min\": 1, \"max\": 10", "\"min\": 1", "needs min and max")]
    [InlineData("\"min\": 1, \"max\": 10", "\"min\": 11, \"max\": 10", "needs min and max")]
    [InlineData("\"min\": 1, \"max\": 10", "", "must say one of")]
    [InlineData("\"min\": 1, \"max\": 10", "\"min\": 1, \"max\": 10, \"pattern\": \"x\"", "must say one of")]
    [InlineData("\"[a-z-]+\"", "\"[a-z\"", "service")]
    [InlineData("\"[a-z-]+\"", "\"(a)\\\\1\"", "service")]
    [InlineData("\"from\": \"component\"", "\"from\": \"title\"", "can't be filled from title")]
    [InlineData("\"id\": \"scale\"", "\"id\": \"Scale it\"", "lower case")]
    [InlineData("\"title\"", "\"titel\"", "titel")]
    [InlineData("\"step\": 2", "\"step\": 0", "counted from 1")]
    [InlineData("\"maxRisk\": \"medium\"", "\"maxRisk\": \"some\"", "maxRisk")]
    [InlineData("[\"check*\"]", "[]", "components")]
    [InlineData("[\"check*\"]", "null", "components")]
    [InlineData("\"count\": { \"min\"", "\"count\": { \"min\": 1, \"max\": 2 }, \"count\": { \"min\"", "Duplicate")]
    [InlineData("\"command\"", "\"document\": { \"name\": \"Doc\" }, \"command\"", "either a document or a command")]
    public void A_list_that_is_half_understood_is_refused_whole(string text, string instead, string says)
    {
        var wrong = ActWorld.Scale.Replace(text, instead, StringComparison.Ordinal);
        wrong.ShouldNotBe(ActWorld.Scale);
        Should.Throw<ActionAllowListException>(() => ActWorld.Read(wrong)).Message.ShouldContain(says);
    }

    [Fact]
    public void An_id_is_given_once()
    {
        var one = ActWorld.Scale[(ActWorld.Scale.IndexOf('[', StringComparison.Ordinal) + 1)..ActWorld.Scale.LastIndexOf(']')];
        Should.Throw<ActionAllowListException>(() => ActWorld.Read($$"""{ "actions": [{{one}}, {{one}}] }""")).Message.ShouldContain("given twice");
    }
}
