using System.Diagnostics;
using System.Text.Json.Nodes;
using Aiops.Cdk.Parameters;
using Aiops.Cdk.Tests.Synthesis;

namespace Aiops.Cdk.Tests;

/// <summary>What somebody reads who lacks what the bindings are generated with.</summary>
public sealed class BuildTests
{
    [Fact]
    public async Task Without_Node_the_build_says_what_to_install()
    {
        var path = Directory.CreateTempSubdirectory("aiops-path-");
        try
        {
            File.CreateSymbolicLink(Path.Combine(path.FullName, "sh"), "/bin/sh"); // MSBuild's own need.
            var said = await GenerateAsync("PATH", path.FullName);

            said.ShouldContain("AIOPS0001");
            said.ShouldContain("needs Node.js 20 or later");
        }
        finally
        {
            path.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Without_the_npm_packages_the_build_says_how_to_get_them()
    {
        var said = await GenerateAsync("NpmFolder", "/nowhere/");

        said.ShouldContain("AIOPS0002");
        said.ShouldContain("npm ci --prefix cdk/npm");
    }

    [Fact]
    public void The_solution_of_the_product_holds_no_project_that_needs_Node()
        => File.ReadAllText(Repository.PathTo("Aiops.sln")).ShouldNotContain("Aiops.Cdk");

    [Fact]
    public void The_npm_lock_names_no_registry()
        => File.ReadAllText(Repository.PathTo("cdk", "npm", "package-lock.json")).ShouldNotContain("\"resolved\"");

    [Fact]
    public void The_cdk_json_that_ships_can_be_deployed()
    {
        var context = JsonNode.Parse(File.ReadAllText(Repository.PathTo("cdk.json")))!["context"]!.AsObject()
            .Where(pair => pair.Key.StartsWith("aiops:", StringComparison.Ordinal))
            .Select(pair => KeyValuePair.Create(pair.Key["aiops:".Length..], pair.Value?.DeepClone()));

        ParameterReader.Environments(new JsonObject(context)).ShouldHaveSingleItem().StackName.ShouldBe("aiops-dev");
    }

    [Theory]
    [InlineData("""{"aiops:environments": [{"name": "dev", "maxRounds": 11}]}""", "aiops:maxRounds is \"11\"")]
    [InlineData("""{"aiops:environments": [{"name": "dev", "bundle": "no/such/folder"}]}""", "deploy/bundle.sh")]
    public async Task What_can_not_be_deployed_ends_synthesis_with_a_sentence_and_no_stack_trace(string context, string says)
    {
        var folder = Directory.CreateTempSubdirectory("aiops-cdk-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "cdk.json"), $$"""{"context": {{context}}}""");
            using var app = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
            {
                ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Aiops.Cdk.dll") },
                WorkingDirectory = folder.FullName,
                RedirectStandardError = true,
                UseShellExecute = false,
            })!;
            var said = await app.StandardError.ReadToEndAsync();
            await app.WaitForExitAsync();

            app.ExitCode.ShouldBe(2);
            said.ShouldContain(says);
            said.ShouldNotContain("   at ");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> GenerateAsync(string variable, string value)
    {
        // A property of MSBuild may come from the environment.
        using var build = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "msbuild", Repository.PathTo("cdk", "Constructs", "Constructs.csproj"), "-t:RequireNode", "-nologo",
                "-v:q", "-nodeReuse:false" },
            Environment = { [variable] = value, ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1" },
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var said = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        build.ExitCode.ShouldNotBe(0);
        return said;
    }
}
