using Aiops.StateMachine.Definition;

namespace Aiops.Tests.StateMachine;

/// <summary>What is wrong or unsupported is refused when it is loaded, with the place and the reason.</summary>
public class DefinitionTests
{
    private const string Lambda = "\"Resource\": \"arn:aws:lambda:eu-central-1:123456789012:function:F\"";

    // A state "A" with these fields, and a state "S" to go to.
    public static TheoryData<string, string, string> WrongStates() => new()
    {
        { "\"Type\": \"Sleep\", \"End\": true", "$.States.A.Type", "no type of state" },
        { "\"End\": true", "$.States.A", "Type is missing" },
        { "\"Type\": \"Pass\"", "$.States.A", "Next or \"End\": true is missing" },
        { "\"Type\": \"Pass\", \"End\": true, \"Next\": \"S\"", "$.States.A", "exclude each other" },
        { "\"Type\": \"Pass\", \"Next\": \"Nowhere\"", "$.States.A.Next", "no state 'Nowhere'" },
        { "\"Type\": \"Pass\", \"End\": 1", "$.States.A.End", "true or false" },
        { "\"Type\": \"Pass\", \"End\": true, \"Resullt\": 1", "$.States.A.Resullt", "no field" },
        { "\"Type\": \"Pass\", \"End\": true, \"ResultSelector\": {}", "$.States.A.ResultSelector", "no field" },
        { "\"Type\": \"Pass\", \"End\": true, \"InputPath\": \"a.b\"", "$.States.A.InputPath", "no path" },
        { "\"Type\": \"Pass\", \"End\": true, \"InputPath\": \"$.a[\"", "$.States.A.InputPath", "no path" },
        { "\"Type\": \"Pass\", \"End\": true, \"InputPath\": \"$.a.length()\"", "$.States.A.InputPath", "functions are not supported" },
        { "\"Type\": \"Pass\", \"End\": true, \"ResultPath\": \"$.a[*]\"", "$.States.A.ResultPath", "reference path" },
        { "\"Type\": \"Pass\", \"End\": true, \"ResultPath\": \"$$.a\"", "$.States.A.ResultPath", "context object" },
        { "\"Type\": \"Pass\", \"End\": true, \"ResultPath\": \"$x\"", "$.States.A.ResultPath", "variable" },
        { "\"Type\": \"Pass\", \"End\": true, \"Parameters\": \"x\"", "$.States.A.Parameters", "must be an object" },
        { "\"Type\": \"Pass\", \"End\": true, \"Parameters\": {\"a\": [{\"b.$\": 1}]}", "$.States.A.Parameters.a[0]['b.$']", "must be a string" },
        { "\"Type\": \"Pass\", \"End\": true, \"Parameters\": {\"a.$\": \"b\"}", "$.States.A.Parameters['a.$']", "expected a path" },
        { "\"Type\": \"Pass\", \"End\": true, \"Parameters\": {\"a.$\": \"$.a\", \"a\": 1}", "$.States.A.Parameters.a", "there twice" },
        { "\"Type\": \"Pass\", \"End\": true, \"Parameters\": {\"a.$\": \"States.Nope(1)\"}", "$.States.A.Parameters['a.$']", "no intrinsic function" },
        { "\"Type\": \"Pass\", \"End\": true, \"Parameters\": {\"a.$\": \"States.ArrayLength()\"}", "$.States.A.Parameters['a.$']", "1 argument" },
        { "\"Type\": \"Pass\", \"End\": true, \"Parameters\": {\"a.$\": \"States.Array('a\"}", "$.States.A.Parameters['a.$']", "not closed" },
        { "\"Type\": \"Pass\", \"End\": true, \"Parameters\": {\"a.$\": \"States.Array('\\\\n')\"}", "$.States.A.Parameters['a.$']", "open backslash" },
        { "\"Type\": \"Pass\", \"End\": true, \"QueryLanguage\": \"JSONata\"", "$.States.A.QueryLanguage", "JSONata is not supported" },
        { "\"Type\": \"Pass\", \"End\": true, \"Assign\": {\"states\": 1}", "$.States.A.Assign.states", "reserved" },
        { "\"Type\": \"Pass\", \"End\": true, \"Assign\": {\"1x\": 1}", "$.States.A.Assign['1x']", "no name of a variable" },
        { "\"Type\": \"Succeed\", \"Assign\": {\"x\": 1}", "$.States.A.Assign", "no field" },
        { "\"Type\": \"Succeed\", \"End\": true", "$.States.A.End", "no field" },
        { "\"Type\": \"Task\", \"End\": true", "$.States.A", "Resource is missing" },
        { "\"Type\": \"Task\", \"End\": true, \"Resource\": \"arn:aws:states:eu-central-1:123456789012:activity:x\"", "$.States.A.Resource", "activities are not supported" },
        { "\"Type\": \"Task\", \"End\": true, \"Resource\": \"arn:aws:states:::sqs:sendMessage\"", "$.States.A.Resource", "is not supported" },
        { "\"Type\": \"Task\", \"End\": true, \"Resource\": \"arn:aws:states:::lambda:invoke\"", "$.States.A", "Parameters are missing" },
        { "\"Type\": \"Task\", \"End\": true, \"Resource\": \"arn:aws:states:::lambda:invoke\", \"Parameters\": {\"Payload\": 1}", "$.States.A.Parameters", "FunctionName is missing" },
        { "\"Type\": \"Task\", \"End\": true, \"Resource\": \"arn:aws:states:::lambda:invoke\", \"Parameters\": {\"FunctionName\": \"F\", \"Playload\": 1}", "$.States.A.Parameters.Playload", "no parameter" },
        { "\"Type\": \"Task\", \"End\": true, \"Resource\": \"arn:aws:states:::lambda:invoke\", \"Parameters\": {\"FunctionName\": \"F\", \"InvocationType\": \"Event\"}", "$.States.A.Parameters.InvocationType", "RequestResponse" },
        { $"\"Type\": \"Task\", \"End\": true, {Lambda}, \"TimeoutSeconds\": 0", "$.States.A.TimeoutSeconds", "integer from 1" },
        { $"\"Type\": \"Task\", \"End\": true, {Lambda}, \"TimeoutSeconds\": 5, \"TimeoutSecondsPath\": \"$.t\"", "$.States.A", "exclude each other" },
        { $"\"Type\": \"Task\", \"End\": true, {Lambda}, \"TimeoutSeconds\": 5, \"HeartbeatSeconds\": 5", "$.States.A.HeartbeatSeconds", "smaller than TimeoutSeconds" },
        { $"\"Type\": \"Task\", \"End\": true, {Lambda}, \"Credentials\": {{}}", "$.States.A.Credentials", "not supported" },
        { $"\"Type\": \"Task\", \"End\": true, {Lambda}, \"Retry\": {{}}", "$.States.A.Retry", "must be an array" },
        { $"\"Type\": \"Task\", \"End\": true, {Lambda}, \"Retry\": [{{\"ErrorEquals\": []}}]", "$.States.A.Retry[0].ErrorEquals", "non-empty" },
        { $"\"Type\": \"Task\", \"End\": true, {Lambda}, \"Retry\": [{{\"ErrorEquals\": [\"States.ALL\", \"X\"]}}]", "$.States.A.Retry[0].ErrorEquals", "stand alone" },
        { $"\"Type\": \"Task\", \"End\": true, {Lambda}, \"Retry\": [{{\"ErrorEquals\": [\"States.ALL\"]}}, {{\"ErrorEquals\": [\"X\"]}}]", "$.States.A.Retry[0].ErrorEquals", "the last" },
        { $"\"Type\": \"Task\", \"End\": true, {Lambda}, \"Retry\": [{{\"ErrorEquals\": [\"X\"], \"IntervalSeconds\": 0}}]", "$.States.A.Retry[0].IntervalSeconds", "integer from 1" },
        { $"\"Type\": \"Task\", \"End\": true, {Lambda}, \"Retry\": [{{\"ErrorEquals\": [\"X\"], \"MaxAttempts\": 100000000}}]", "$.States.A.Retry[0].MaxAttempts", "99999999" },
        { $"\"Type\": \"Task\", \"End\": true, {Lambda}, \"Retry\": [{{\"ErrorEquals\": [\"X\"], \"BackoffRate\": 0.9}}]", "$.States.A.Retry[0].BackoffRate", "at least 1.0" },
        { $"\"Type\": \"Task\", \"End\": true, {Lambda}, \"Retry\": [{{\"ErrorEquals\": [\"X\"], \"IntervalSeconds\": 5, \"MaxDelaySeconds\": 5}}]", "$.States.A.Retry[0].MaxDelaySeconds", "greater than IntervalSeconds" },
        { $"\"Type\": \"Task\", \"End\": true, {Lambda}, \"Retry\": [{{\"ErrorEquals\": [\"X\"], \"JitterStrategy\": \"HALF\"}}]", "$.States.A.Retry[0].JitterStrategy", "FULL or NONE" },
        { $"\"Type\": \"Task\", \"End\": true, {Lambda}, \"Catch\": [{{\"ErrorEquals\": [\"X\"]}}]", "$.States.A.Catch[0]", "Next is missing" },
        { $"\"Type\": \"Task\", \"End\": true, {Lambda}, \"Catch\": [{{\"ErrorEquals\": [\"X\"], \"Next\": \"Gone\"}}]", "$.States.A.Catch[0].Next", "no state 'Gone'" },
        { "\"Type\": \"Choice\", \"Choices\": []", "$.States.A.Choices", "non-empty" },
        { "\"Type\": \"Choice\", \"Choices\": [{\"Variable\": \"$.a\", \"IsNull\": true}]", "$.States.A.Choices[0]", "Next is missing" },
        { "\"Type\": \"Choice\", \"Choices\": [{\"Variable\": \"$.a\", \"Next\": \"S\"}]", "$.States.A.Choices[0]", "there is none" },
        { "\"Type\": \"Choice\", \"Choices\": [{\"Variable\": \"$.a\", \"IsNull\": true, \"IsString\": true, \"Next\": \"S\"}]", "$.States.A.Choices[0]", "exactly one" },
        { "\"Type\": \"Choice\", \"Choices\": [{\"Variable\": \"$.a\", \"NumericEqual\": 1, \"Next\": \"S\"}]", "$.States.A.Choices[0].NumericEqual", "no field" },
        { "\"Type\": \"Choice\", \"Choices\": [{\"Variable\": \"$.a\", \"NumericEquals\": \"1\", \"Next\": \"S\"}]", "$.States.A.Choices[0].NumericEquals", "a number" },
        { "\"Type\": \"Choice\", \"Choices\": [{\"Variable\": \"$.a\", \"TimestampEquals\": \"2016-03-14\", \"Next\": \"S\"}]", "$.States.A.Choices[0].TimestampEquals", "a timestamp" },
        { "\"Type\": \"Choice\", \"Choices\": [{\"Variable\": \"a\", \"IsNull\": true, \"Next\": \"S\"}]", "$.States.A.Choices[0].Variable", "no path" },
        { "\"Type\": \"Choice\", \"Choices\": [{\"IsNull\": true, \"Next\": \"S\"}]", "$.States.A.Choices[0]", "Variable is missing" },
        { "\"Type\": \"Choice\", \"Choices\": [{\"Not\": {\"Variable\": \"$.a\", \"IsNull\": true, \"Next\": \"S\"}, \"Next\": \"S\"}]", "$.States.A.Choices[0].Not.Next", "outermost" },
        { "\"Type\": \"Choice\", \"Choices\": [{\"And\": [], \"Next\": \"S\"}]", "$.States.A.Choices[0].And", "non-empty" },
        { "\"Type\": \"Choice\", \"Choices\": [{\"Variable\": \"$.a\", \"IsNull\": true, \"Next\": \"S\"}], \"Default\": \"Gone\"", "$.States.A.Default", "no state 'Gone'" },
        { "\"Type\": \"Wait\", \"Next\": \"S\"", "$.States.A", "exactly one of" },
        { "\"Type\": \"Wait\", \"Next\": \"S\", \"Seconds\": 1, \"SecondsPath\": \"$.a\"", "$.States.A", "exactly one of" },
        { "\"Type\": \"Wait\", \"Next\": \"S\", \"Seconds\": -1", "$.States.A.Seconds", "integer from 0" },
        { "\"Type\": \"Wait\", \"Next\": \"S\", \"Timestamp\": \"tomorrow\"", "$.States.A.Timestamp", "no timestamp" },
        { "\"Type\": \"Fail\", \"Error\": \"E\", \"ErrorPath\": \"$.e\"", "$.States.A", "exclude each other" },
        { "\"Type\": \"Fail\", \"CausePath\": \"States.MathAdd(1, 2)\"", "$.States.A.CausePath", "gives no string" },
        { "\"Type\": \"Parallel\", \"End\": true, \"Branches\": []", "$.States.A.Branches", "non-empty" },
        { "\"Type\": \"Parallel\", \"End\": true, \"Branches\": [{\"StartAt\": \"B\", \"States\": {\"B\": {\"Type\": \"Pass\", \"Next\": \"S\"}}}]", "$.States.A.Branches[0].States.B.Next", "no state 'S' here" },
        { "\"Type\": \"Parallel\", \"End\": true, \"Branches\": [{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}]", "$.States.A.Branches[0].States.A", "the name is taken" },
        { "\"Type\": \"Map\", \"End\": true", "$.States.A", "ItemProcessor is missing" },
        { "\"Type\": \"Map\", \"End\": true, \"ItemProcessor\": {\"ProcessorConfig\": {\"Mode\": \"DISTRIBUTED\", \"ExecutionType\": \"STANDARD\"}, \"StartAt\": \"B\", \"States\": {\"B\": {\"Type\": \"Succeed\"}}}", "$.States.A.ItemProcessor.ProcessorConfig.Mode", "distributed Map is not supported" },
        { "\"Type\": \"Map\", \"End\": true, \"ItemReader\": {}, \"ItemProcessor\": {\"StartAt\": \"B\", \"States\": {\"B\": {\"Type\": \"Succeed\"}}}", "$.States.A.ItemReader", "distributed Map" },
        { "\"Type\": \"Map\", \"End\": true, \"ToleratedFailureCount\": 1, \"ItemProcessor\": {\"StartAt\": \"B\", \"States\": {\"B\": {\"Type\": \"Succeed\"}}}", "$.States.A.ToleratedFailureCount", "distributed Map" },
        { "\"Type\": \"Map\", \"End\": true, \"Assign\": {\"x\": 1}, \"ItemProcessor\": {\"StartAt\": \"B\", \"States\": {\"B\": {\"Type\": \"Pass\", \"Assign\": {\"x.$\": \"$\"}, \"End\": true}}}", "$.States.A.ItemProcessor.States.B.Assign['x.$']", "an outer scope assigns" },
    };

    [Theory]
    [MemberData(nameof(WrongStates))]
    public void A_wrong_state_is_refused_where_it_is_wrong(string fields, string path, string reason)
    {
        var problems = StateMachineDefinition.Validate(
            $$"""{"StartAt": "A", "States": {"A": { {{fields}} }, "S": {"Type": "Succeed"} } }""");
        var found = problems.FirstOrDefault(problem => problem.Path == path && problem.Reason.Contains(reason, StringComparison.Ordinal));
        found.ShouldNotBeNull(string.Join('\n', problems));
    }

    [Theory]
    [InlineData("nonsense", "$", "not JSON")]
    [InlineData("[]", "$", "must be an object")]
    [InlineData("{}", "$", "StartAt is missing")]
    [InlineData("""{"StartAt": "A"}""", "$", "States is missing")]
    [InlineData("""{"StartAt": "A", "States": {}}""", "$.States", "must hold a state")]
    [InlineData("""{"StartAt": "B", "States": {"A": {"Type": "Succeed"}}}""", "$.StartAt", "no state 'B'")]
    [InlineData("""{"StartAt": "A", "States": {"A": {"Type": "Succeed"}, "B": {"Type": "Succeed"}}}""", "$.States.B", "can't be reached")]
    [InlineData("""{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "A"}}}""", "$.States", "no state ends the flow")]
    [InlineData("""{"StartAt": "A", "States": {"A": {"Type": "Succeed"}, "A": {"Type": "Succeed"}}}""", "$.States.A", "there twice")]
    [InlineData("""{"StartAt": "A", "Version": "2.0", "States": {"A": {"Type": "Succeed"}}}""", "$.Version", "unknown")]
    [InlineData("""{"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Succeed"}}}""", "$.QueryLanguage", "JSONata is not supported")]
    [InlineData("""{"StartAt": "A", "TimeoutSeconds": "1", "States": {"A": {"Type": "Succeed"}}}""", "$.TimeoutSeconds", "integer")]
    [InlineData("""{"StartAt": "A", "Owner": "me", "States": {"A": {"Type": "Succeed"}}}""", "$.Owner", "no field")]
    public void A_wrong_machine_is_refused_where_it_is_wrong(string json, string path, string reason)
    {
        var problems = StateMachineDefinition.Validate(json);
        problems.ShouldContain(problem => problem.Path == path && problem.Reason.Contains(reason, StringComparison.Ordinal), string.Join('\n', problems));
    }

    [Fact]
    public void A_state_s_name_may_have_80_characters_and_not_81()
    {
        static string Named(string name) => $$"""{"StartAt": "{{name}}", "States": {"{{name}}": {"Type": "Succeed"} } }""";
        StateMachineDefinition.Validate(Named(new string('x', 80))).ShouldBeEmpty();
        StateMachineDefinition.Validate(Named(new string('x', 81))).ShouldNotBeEmpty();
    }

    [Fact]
    public void Ten_functions_may_nest_and_eleven_may_not()
    {
        static string Nested(int depth) => Machine.Of($$"""
            "P": {"Type": "Pass", "End": true, "Parameters": {"x.$": "{{string.Concat(Enumerable.Repeat("States.Array(", depth))}}1{{new string(')', depth)}}"} }
            """);
        StateMachineDefinition.Validate(Nested(10)).ShouldBeEmpty();
        StateMachineDefinition.Validate(Nested(11)).ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_problem_is_told_at_once()
    {
        var refused = Should.Throw<InvalidDefinitionException>(() => StateMachineDefinition.Parse("""
            {"StartAt": "A", "States": {"A": {"Type": "Wait", "Next": "B"}, "C": {"Type": "Pass", "InputPath": "x", "End": true}}}
            """));
        refused.Problems.Select(problem => problem.Path).ShouldBe(
            ["$.States.A", "$.States.C.InputPath", "$.States.A.Next", "$.States.C"], ignoreOrder: true);
        refused.Message.ShouldContain("$.States.C.InputPath: ");
    }

    [Fact]
    public void Placeholders_are_filled_and_those_without_a_value_reported()
    {
        const string Text = """
            {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
              "Parameters": {"FunctionName": "${ClassifyFunction}", "Payload": {"t": "${Table}"}}, "End": true}}}
            """;
        StateMachineDefinition.Parse(Text, new Dictionary<string, string> { ["ClassifyFunction"] = "Classify", ["Table"] = "T" })
            .FunctionNames.ShouldBe(["Classify"]);
        StateMachineDefinition.Validate(Text, new Dictionary<string, string> { ["Table"] = "T" }).ShouldHaveSingleItem()
            .ShouldBe(new DefinitionProblem("$.States.A.Parameters.FunctionName", "no substitution is given for ${ClassifyFunction}"));
    }

    [Fact]
    public void Comments_may_stand_wherever_the_guide_has_them()
    {
        StateMachineDefinition.Validate($$"""
            {"Comment": "c", "Version": "1.0", "QueryLanguage": "JSONPath", "StartAt": "A", "States": {
              "A": {"Comment": "c", "Type": "Task", {{Lambda}}, "Retry": [{"Comment": "c", "ErrorEquals": ["E"]}],
                    "Catch": [{"Comment": "c", "ErrorEquals": ["E"], "Next": "C"}], "Next": "C"},
              "C": {"Type": "Choice", "Choices": [{"Comment": "c", "Variable": "$.a", "IsNull": true, "Next": "M"}]},
              "M": {"Type": "Map", "ItemProcessor": {"Comment": "c", "StartAt": "B", "States": {"B": {"Type": "Succeed"} } }, "End": true} } }
            """).ShouldBeEmpty();
    }
}
