using System.Text.Json;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Reason.Tests.Models;

public sealed class ToolArgumentsTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"service":"결제","from":1.50,"deep":{"a":[1,null,true]},"quoted":"\"\\"}""")]
    public void What_a_model_wrote_goes_back_to_it_as_it_was(string json)
        => ToolArguments.ToJson(ToolArguments.Read("id", "tool", json).Arguments).ShouldBe(json);

    [Fact]
    public void Nothing_is_an_empty_object() => ToolArguments.Read("id", "tool", "").Arguments.ShouldBeEmpty();

    [Theory]
    [InlineData("[1]")]
    [InlineData("7")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1} and more")]
    public void What_is_no_single_object_is_no_arguments(string json)
    {
        var call = ToolArguments.Read("id", "tool", json);
        call.Arguments.ShouldBeNull();
        call.Exception.ShouldBeAssignableTo<JsonException>();
        ToolArguments.ToJson(call.Arguments).ShouldBe("{}");
    }

    [Fact]
    public void Values_of_our_own_are_jsons_kinds_and_no_others()
    {
        ToolArguments.ToJson(new Dictionary<string, object?> { ["a"] = "x", ["b"] = 1, ["c"] = 2.5, ["d"] = true, ["e"] = null })
            .ShouldBe("""{"a":"x","b":1,"c":2.5,"d":true,"e":null}""");
        Should.Throw<NotSupportedException>(() => ToolArguments.ToJson(new Dictionary<string, object?> { ["a"] = DateTimeOffset.UnixEpoch }));
    }

    [Theory]
    [InlineData("```\n{}\n```", "{}")]
    [InlineData("```json\n{}```", "{}")]
    [InlineData("<think>a</think>```json\n{}\n```", "{}")]
    [InlineData("<think>never closed {}", "<think>never closed {}")]
    [InlineData("``` {}", "``` {}")]
    [InlineData("```json\n{} and more", "```json\n{} and more")]
    [InlineData("```\n```", "")]
    [InlineData("```", "```")]
    [InlineData("", "")]
    public void What_stands_around_json_is_taken_off_and_nothing_else(string said, string left) => JsonAnswer.Unwrapped(said).ShouldBe(left);
}
