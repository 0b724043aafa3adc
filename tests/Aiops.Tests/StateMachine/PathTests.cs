using System.Text.Json;

namespace Aiops.Tests.StateMachine;

/// <summary>JSONPath as Jayway's library reads it, and the reference paths of the specification.</summary>
public class PathTests
{
    private const string Store = """
        {"store": {"book": [{"t": "A", "p": 8.95, "tags": ["x"]}, {"t": "B", "p": 12.99, "isbn": "1"}, {"t": "C", "p": 8.99, "isbn": "2"}],
         "bicycle": {"p": 19.95}}, "limit": 9, "a.b": 1, "none": null}
        """;

    [Theory]
    [InlineData("$.store.book[0].t", "\"A\"")]
    [InlineData("$['store']['book'][1]['t']", "\"B\"")]
    [InlineData("$.store.['book'][1].t", "\"B\"")]
    [InlineData("$.store.book[*].t", """["A","B","C"]""")]
    [InlineData("$.store.book.*.t", """["A","B","C"]""")]
    [InlineData("$..t", """["A","B","C"]""")]
    [InlineData("$..p", "[8.95,12.99,8.99,19.95]")]
    [InlineData("$..book[2].t", """["C"]""")]
    [InlineData("$.store.book[-1].t", "\"C\"")]
    [InlineData("$.store.book[0,2].t", """["A","C"]""")]
    [InlineData("$.store.book[:2].t", """["A","B"]""")]
    [InlineData("$.store.book[1:].t", """["B","C"]""")]
    [InlineData("$.store.book[-2:].t", """["B","C"]""")]
    [InlineData("$.store.book[5:].t", "[]")]
    [InlineData("$.store.book[0]['t','p']", """{"t":"A","p":8.95}""")]
    [InlineData("$.store.book[?(@.isbn)].t", """["B","C"]""")]
    [InlineData("$.store.book[?(!@.isbn)].t", """["A"]""")]
    [InlineData("$.store.book[?(@.p < 9)].t", """["A","C"]""")]
    [InlineData("$.store.book[?(@.p < $.limit && @.isbn == '2')].t", """["C"]""")]
    [InlineData("$.store.book[?(@.p > 12 || @.t == 'A')].t", """["A","B"]""")]
    [InlineData("$.store.book[?(@.p > 9 && (@.t == 'A' || @.t == 'B'))].t", """["B"]""")]
    [InlineData("$.store.book[?(@.t =~ /[ab]/i)].t", """["A","B"]""")]
    [InlineData("$.store.book[?(@.t in ['B', 'C'])].t", """["B","C"]""")]
    [InlineData("$.store.book[?(@.t nin ['B', 'C'])].t", """["A"]""")]
    [InlineData("$.store.book[?(@.tags contains 'x')].t", """["A"]""")]
    [InlineData("$.store.book[?(@.tags size 1)].t", """["A"]""")]
    [InlineData("$.store.book[?(@['t'] != 'A')].t", """["B","C"]""")]
    [InlineData("$.store.bicycle[?(@.p > 19)].p", "[19.95]")]
    [InlineData("$['a.b']", "1")]
    [InlineData(@"$.a\.b", "1")]
    [InlineData(@"$.\st\ore.bicycle.p", "19.95")]
    [InlineData("$.none", "null")]
    [InlineData("$.store.book[*].isbn", """["1","2"]""")]
    [InlineData("$[*].nothing", "[]")]
    [InlineData("$..nothing", "[]")]
    [InlineData("$$.Execution.Input.limit", "9")]
    public async Task A_path_finds(string path, string expected)
    {
        var result = await Machine.EvaluateAsync(path, Store);
        JsonSerializer.Serialize(result.Output).ShouldBe(expected, $"{result.Error}: {result.Cause}");
    }

    [Theory]
    [InlineData("$.nothing")]
    [InlineData("$.nothing.more")]
    [InlineData("$.nothing[*].more")]
    [InlineData("$.store.book[3]")]
    [InlineData("$.store.book[-4]")]
    [InlineData("$.store.book.t")]
    [InlineData("$.store[0]")]
    [InlineData("$.store[0:1]")]
    [InlineData("$.limit[?(@.x)]")]
    [InlineData("$.none.more")]
    [InlineData("$$.Task.Token")]
    public async Task A_definite_step_that_leads_nowhere_fails_the_execution(string path)
        => (await Machine.EvaluateAsync(path, Store)).Error.ShouldBe("States.Runtime");

    [Theory]
    [InlineData("$.a", """{"a":9}""")]
    [InlineData("$.b.c.d", """{"a":[1,{"x":2}],"b":{"c":{"d":9}}}""")]
    [InlineData("$.a[0]", """{"a":[9,{"x":2}]}""")]
    [InlineData("$.a[1].x", """{"a":[1,{"x":9}]}""")]
    [InlineData("$['b c']", """{"a":[1,{"x":2}],"b c":9}""")]
    [InlineData("$.a[2]", null)]
    [InlineData("$.a.x", null)]
    [InlineData("$.a[0].x", null)]
    public async Task A_result_goes_where_its_path_says_or_the_state_fails(string path, string? expected)
    {
        var result = await Machine.RunAsync(Machine.Of($$"""
            "P": {"Type": "Pass", "Result": 9, "ResultPath": "{{path}}", "End": true}
            """), """{"a":[1,{"x":2}]}""");
        (result.Error, result.Output is { } output ? JsonSerializer.Serialize(output) : null)
            .ShouldBe((expected is null ? "States.ResultPathMatchFailure" : null, expected));
    }

    [Fact]
    public async Task A_path_into_null_input_fails_and_the_whole_of_it_passes()
    {
        (await Machine.EvaluateAsync("$.a", "null")).Error.ShouldBe("States.Runtime");
        (await Machine.EvaluateAsync("$", "null")).Output!.Value.ValueKind.ShouldBe(JsonValueKind.Null);
    }
}
