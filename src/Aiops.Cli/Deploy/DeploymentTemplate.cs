using System.Text.Json;

namespace Aiops.Cli.Deploy;

/// <summary>A synthesized CloudFormation template, as far as a deployment's needs and costs can be read off it.</summary>
/// <param name="ResourceTypes">How many of each type.</param>
/// <param name="FunctionMemory">Megabytes of each Lambda function.</param>
/// <param name="Concurrency">Sum of what the event source mappings may run at once.</param>
/// <param name="AsksModel">Whether a function is told of a language model.</param>
internal sealed record DeploymentTemplate(
    string Name, IReadOnlyDictionary<string, int> ResourceTypes, IReadOnlyList<int> FunctionMemory, int Concurrency, bool AsksModel, long Bytes)
{
    public int Count(string type) => ResourceTypes.GetValueOrDefault(type);

    public int ResourceCount => ResourceTypes.Values.Sum();

    /// <summary>Templates of a folder that <c>cdk synth</c> wrote, or the one file.</summary>
    /// <exception cref="UserErrorException">There is none, or one isn't a template.</exception>
    public static IReadOnlyList<DeploymentTemplate> ReadAll(string path)
    {
        string[] files = File.Exists(path) ? [path]
            : Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*.template.json").Order(StringComparer.Ordinal)]
            : [];
        return files.Length == 0
            ? throw new UserErrorException(ExitCodes.NotFound, $"There is no template at {path}.", "Run `npx cdk synth` (docs/deploy.md), or name its folder with --template.")
            : [.. files.Select(Read)];
    }

    private static DeploymentTemplate Read(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
            List<int> memory = [];
            var (concurrency, asksModel) = (0, false);
            foreach (var resource in document.RootElement.GetProperty("Resources").EnumerateObject())
            {
                var type = resource.Value.GetProperty("Type").GetString()!;
                counts[type] = counts.GetValueOrDefault(type) + 1;
                if (type == "AWS::Lambda::Function")
                {
                    memory.Add(Number(resource.Value, 128, "Properties", "MemorySize"));
                    asksModel |= Find(resource.Value, "Properties", "Environment", "Variables", "AIOPS_MODEL_SETTINGS") is not null;
                }
                else if (type == "AWS::Lambda::EventSourceMapping")
                {
                    concurrency += Number(resource.Value, 0, "Properties", "ScalingConfig", "MaximumConcurrency");
                }
            }

            return new DeploymentTemplate(
                Path.GetFileName(file).Replace(".template.json", "", StringComparison.Ordinal), counts, memory, concurrency, asksModel, new FileInfo(file).Length);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UserErrorException(ExitCodes.BadInput, $"{file} is no CloudFormation template: {e.Message}", "Run `npx cdk synth` again.");
        }
    }

    private static int Number(JsonElement element, int fallback, params ReadOnlySpan<string> path)
        => Find(element, path) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : fallback;

    private static JsonElement? Find(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }
}
