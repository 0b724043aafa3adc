using System.Security.Cryptography;
using System.Text;
using Aiops.StateMachine.Definition;

namespace Aiops.Local.Workflow;

/// <summary>The workflow files, as CDK deploys them, with the stages' names filled in.</summary>
/// <remarks>An execution keeps the definition it was started with, as it does on Step Functions: an upgrade changes only new ones.</remarks>
public sealed class WorkflowCatalog(StageFunctions stages)
{
    public const string Incident = "incident";
    public const string Review = "review";
    public const string ApprovedAction = "approved-action";

    private readonly Dictionary<string, StateMachineDefinition> parsed = [];
    private readonly Lock gate = new();

    /// <summary>The text of <c>cdk/workflows/NAME.asl.json</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such workflow.</exception>
    public static string Read(string name)
    {
        using var stream = typeof(WorkflowCatalog).Assembly.GetManifestResourceStream($"workflows/{name}.asl.json")
            ?? throw new KeyNotFoundException($"No workflow is named {name}.");
        return new StreamReader(stream, Encoding.UTF8).ReadToEnd();
    }

    public static string HashOf(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..16];

    /// <exception cref="InvalidDefinitionException">The definition is wrong or uses what isn't supported.</exception>
    public StateMachineDefinition Parse(string json)
    {
        lock (gate)
        {
            if (!parsed.TryGetValue(json, out var definition))
            {
                parsed[json] = definition = StateMachineDefinition.Parse(json, stages.Substitutions);
            }

            return definition;
        }
    }
}
