using System.Text.Json;
using Aiops.StateMachine.Evaluation;
using Aiops.StateMachine.Running;

namespace Aiops.Tests.StateMachine;

/// <summary>
/// The files in Scenarios, one case each: a definition, an input, what the tasks do, and what the specification says comes of it.
/// </summary>
public class ScenarioTests
{
    private static readonly string Folder = Path.Combine(TestPaths.Root, "tests", "Aiops.Tests", "StateMachine", "Scenarios");

    public static TheoryData<string, string> Scenarios()
    {
        var data = new TheoryData<string, string>();
        foreach (var file in Directory.EnumerateFiles(Folder, "*.json").Order())
        {
            foreach (var scenario in Load(Path.GetFileName(file)))
            {
                data.Add(Path.GetFileName(file), scenario.GetProperty("name").GetString()!);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_scenario_ends_as_the_specification_says(string file, string name)
    {
        var scenario = Load(file).Single(each => each.GetProperty("name").ValueEquals(name));
        var tasks = Tasks(scenario);
        var result = await Machine.RunAsync(
            scenario.GetProperty("definition").GetRawText(), scenario.GetProperty("input").GetRawText(), tasks);
        var expect = scenario.GetProperty("expect");
        result.Status.ToString().ShouldBe(expect.GetProperty("status").GetString(), $"{result.Error}: {result.Cause}");
        foreach (var member in expect.EnumerateObject())
        {
            switch (member.Name)
            {
                case "output":
                    JsonElement.DeepEquals(result.Output!.Value, member.Value).ShouldBeTrue($"{result.Output} is not {member.Value}");
                    break;
                case "error":
                    result.Error.ShouldBe(member.Value.GetString(), result.Cause);
                    break;
                case "cause":
                    result.Cause.ShouldBe(member.Value.GetString());
                    break;
                case "seconds":
                    result.Elapsed.TotalSeconds.ShouldBe(member.Value.GetDouble());
                    break;
                case "calls":
                    tasks.Calls.Count.ShouldBe(member.Value.GetInt32());
                    break;
                case "payloads":
                    tasks.Calls.Select(call => call.Payload.GetRawText()).ShouldBe(
                        member.Value.EnumerateArray().Select(each => JsonSerializer.Serialize(each)));
                    break;
            }
        }
    }

    private static ScriptedTasks Tasks(JsonElement scenario)
    {
        var tasks = new ScriptedTasks();
        if (!scenario.TryGetProperty("tasks", out var scripts))
        {
            return tasks;
        }

        foreach (var script in scripts.EnumerateObject())
        {
            tasks.Script(script.Name, [.. script.Value.EnumerateArray().Select(answer => (Func<InvokeTask, TaskResult>)(_ =>
                answer.TryGetProperty("output", out var output) ? new TaskResult.Succeeded(output)
                : answer.TryGetProperty("error", out var error)
                    ? new TaskResult.Failed(error.GetString()!, answer.TryGetProperty("cause", out var cause) ? cause.GetString() : null)
                : new TaskResult.Silent()))]);
        }

        return tasks;
    }

    private static List<JsonElement> Load(string file)
        => [.. JsonElement.Parse(File.ReadAllText(Path.Combine(Folder, file))).EnumerateArray()];
}
