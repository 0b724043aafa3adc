using System.Text.Json;
using Aiops.Aws.Tests.Runtime;

namespace Aiops.Aws.Tests.StandIns; // Not named after its folder: in there, Amazon would hide the SDK's own namespace.

/// <summary>The one switch between AWS's packages and their stand-ins, and what it says where the packages can't be had.</summary>
public class AwsPackagesTests
{
    private const string Functions = "src/Aiops.Functions/Aiops.Functions.csproj";
    private const string Adapters = "src/Aiops.Aws/Aiops.Aws.csproj";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly string[] Official =
    [
        "Amazon.Lambda.APIGatewayEvents", "Amazon.Lambda.Annotations", "Amazon.Lambda.Core", "Amazon.Lambda.RuntimeSupport",
        "Amazon.Lambda.SQSEvents", "Amazon.Lambda.Serialization.SystemTextJson",
    ];

    [Fact]
    public async Task By_default_each_package_is_its_stand_in_and_none_is_restored()
    {
        var (packages, projects) = await ReferencesAsync(Functions);
        packages.ShouldNotContain(id => Official.Contains(id));
        projects.ShouldContain("Amazon.Lambda.csproj");
        projects.ShouldContain("Amazon.Lambda.Annotations.SourceGenerator.csproj");
        (packages, projects) = await ReferencesAsync(Adapters);
        packages.ShouldContain("AWSSDK.DynamoDBv2", "an SDK client that has no stand-in stays what it is");
        packages.ShouldNotContain("AWSSDK.StepFunctions");
        projects.ShouldContain("AWSSDK.Services.csproj");
    }

    [Fact]
    public async Task On_request_the_official_packages_are_referenced_and_no_stand_in_is()
    {
        var (packages, projects) = await ReferencesAsync(Functions, "-p:AwsPackages=nuget");
        Official.ShouldBeSubsetOf(packages);
        projects.ShouldNotContain(project => project.StartsWith("Amazon.", StringComparison.Ordinal));
        (packages, projects) = await ReferencesAsync(Adapters, "-p:AwsPackages=nuget");
        new[] { "AWSSDK.StepFunctions", "AWSSDK.BedrockAgentRuntime" }.ShouldBeSubsetOf(packages);
        projects.ShouldNotContain("AWSSDK.Services.csproj");
    }

    [Fact]
    public async Task A_registry_without_them_fails_the_restore_beside_a_word_on_what_to_do()
    {
        var nothing = Directory.CreateTempSubdirectory("aiops-no-packages-").FullName;
        try
        {
            var (exitCode, said) = await Command.RunAsync(
                Patience, "dotnet", ["restore", Functions, "-p:AwsPackages=nuget", "--source", nothing, "--artifacts-path", nothing]);
            exitCode.ShouldNotBe(0);
            said.ShouldContain("NU1101");
            said.ShouldContain("Aiops.Functions: restoring AWS's official packages");
            said.ShouldContain("restore from one that has them (--source), or build with -p:AwsPackages=standins");
        }
        finally
        {
            Directory.Delete(nothing, recursive: true);
        }
    }

    [Fact]
    public async Task A_word_that_is_neither_is_refused()
    {
        var (exitCode, said) = await Command.RunAsync(Patience, "dotnet", ["msbuild", Functions, "-t:CheckAwsPackages", "-p:AwsPackages=official"]);
        exitCode.ShouldNotBe(0);
        said.ShouldContain("AwsPackages is 'official': it must be 'standins'");
    }

    [Fact]
    public async Task A_bundle_says_what_it_carries()
    {
        var folder = Path.Combine(Command.Root, "artifacts", "tested-bundle");
        var (exitCode, said) = await Command.RunAsync(
            TimeSpan.FromMinutes(8), "bash", ["deploy/bundle.sh", "--standins", "--project", "tests/Aiops.SampleFunction", "--out", folder]);
        exitCode.ShouldBe(0, said);
        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "aws-packages.json")));
        manifest.RootElement.GetProperty("awsPackages").GetString().ShouldBe("standins");
        manifest.RootElement.GetProperty("runtime").GetString().ShouldBe("dotnet10");
        manifest.RootElement.GetProperty("packages").EnumerateArray()
            .Select(package => (package.GetProperty("id").GetString(), package.GetProperty("source").GetString()))
            .ShouldBe([("Amazon.Lambda", "stand-in")]);
        File.Exists(Path.Combine(folder, "Aiops.SampleFunction.runtimeconfig.json")).ShouldBeTrue();
    }

    private static async Task<(List<string> Packages, List<string> Projects)> ReferencesAsync(string project, params string[] properties)
    {
        var (exitCode, said) = await Command.RunAsync(
            Patience, "dotnet", ["msbuild", project, "-getItem:PackageReference,ProjectReference", .. properties]);
        exitCode.ShouldBe(0, said);
        using var items = JsonDocument.Parse(said);
        return (Identities("PackageReference"), [.. Identities("ProjectReference").Select(path => Path.GetFileName(path))]);

        List<string> Identities(string item) =>
            [.. items.RootElement.GetProperty("Items").GetProperty(item).EnumerateArray().Select(one => one.GetProperty("Identity").GetString()!)];
    }
}
