using System.Text.Json;

namespace Aiops.Cli.Deploy;

/// <summary>Which packages of AWS a deployment bundle carries: the official ones, or this project's stand-ins.</summary>
/// <param name="Status">ok, look (stand-ins), missing (no bundle).</param>
internal sealed record DeployedPackages(string Status, string Detail)
{
    private static readonly string[] Named =
    [
        "Amazon.Lambda.Core", "Amazon.Lambda.Annotations", "Amazon.Lambda.SQSEvents", "Amazon.Lambda.APIGatewayEvents", "Amazon.Lambda.RuntimeSupport",
        "Amazon.Lambda.Serialization.SystemTextJson", "AWSSDK.StepFunctions", "AWSSDK.BedrockAgentRuntime",
    ];

    /// <summary>Read off the list of libraries that the build wrote beside the executable, not off what somebody meant to build.</summary>
    public static DeployedPackages Of(string bundleFolder)
    {
        var file = Path.Combine(bundleFolder, "Aiops.Functions.deps.json");
        if (!File.Exists(file))
        {
            return new DeployedPackages("missing", $"no bundle in {bundleFolder}: run deploy/bundle.sh");
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            Dictionary<string, (string Version, string Type)> libraries = new(StringComparer.OrdinalIgnoreCase);
            foreach (var library in document.RootElement.GetProperty("libraries").EnumerateObject())
            {
                var parts = library.Name.Split('/');
                libraries[parts[0]] = (parts[^1], library.Value.GetProperty("type").GetString() ?? "");
            }

            var official = Named.Where(name => libraries.TryGetValue(name, out var one) && one.Type == "package").ToList();
            return Named.Except(official).All(name => name == "Amazon.Lambda.Annotations") // Attributes may leave nothing to run.
                ? new DeployedPackages("ok", $"AWS's own: {string.Join(", ", official.Select(name => $"{name} {libraries[name].Version}"))}")
                : new DeployedPackages("look", $"this project's stand-ins for {string.Join(", ", Named.Except(official))}: build with the official ones by deploy/bundle.sh");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UserErrorException(ExitCodes.BadInput, $"{file} can't be read: {e.Message}", "Make the bundle again with deploy/bundle.sh.");
        }
    }
}
