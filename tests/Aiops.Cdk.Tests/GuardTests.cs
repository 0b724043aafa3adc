using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aiops.Cdk.Tests.Synthesis;

namespace Aiops.Cdk.Tests;

/// <summary>AWS's own rules for Control Tower, applied to the templates by cfn-guard.</summary>
[Collection(Synthesized.Name)]
public sealed partial class GuardTests(SynthesizedApp app)
{
    private static readonly string Package = Repository.PathTo(
        "cdk", "npm", "node_modules", "@cdklabs", "cdk-validator-cfnguard");

    [Fact]
    public async Task Cfn_guard_finds_nothing_that_is_not_explained_and_every_explanation_is_needed()
    {
        HashSet<GuardException> needed = [];
        List<string> findings = [];
        // The others are made of the same parts.
        foreach (var template in new[] { app.Member, app.Actions, app.Bundles, app.Accounts, app.Hub })
        {
            foreach (var (rule, id) in await FindingsAsync(template))
            {
                var exception = PolicyExceptions.OfGuard.FirstOrDefault(
                    one => one.Rule == rule && id.StartsWith(one.IdBegins, StringComparison.Ordinal));
                if (exception is null)
                {
                    findings.Add($"{rule} at {id}");
                }
                else
                {
                    needed.Add(exception);
                }
            }
        }

        findings.ShouldBeEmpty();
        PolicyExceptions.OfGuard.Except(needed).ShouldBeEmpty();
    }

    [Fact]
    public void Every_explanation_to_cfn_guard_is_a_sentence()
        => PolicyExceptions.OfGuard.ShouldAllBe(exception => exception.Reason.Split(' ').Length >= 5);

    private async Task<IReadOnlyList<(string Rule, string Id)>> FindingsAsync(Template template)
    {
        // CDK's check of the bootstrap stack is no resource, and cfn-guard stumbles over it.
        var json = template.Json.DeepClone().AsObject();
        json.Remove("Rules");
        json.Remove("Parameters");
        var file = Path.Combine(app.Output, $"guarded-{Path.GetFileName(template.File)}");
        await File.WriteAllTextAsync(file, json.ToJsonString());

        var architecture = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64";
        var system = OperatingSystem.IsMacOS() ? "macos" : "ubuntu";
        using var guard = Process.Start(new ProcessStartInfo(Path.Combine(Package, "bin", system, architecture, "cfn-guard"))
        {
            ArgumentList = { "validate", "--rules", Path.Combine(Package, "rules", "control-tower", "cfn-guard"), "--data", file,
                "--structured", "--output-format", "json", "--show-summary", "none" },
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var report = JsonNode.Parse(await guard.StandardOutput.ReadToEndAsync())!.AsArray().Single()!;
        await guard.WaitForExitAsync();
        string[] verdicts = ["compliant", "not_compliant", "not_applicable"];
        verdicts.Sum(verdict => report[verdict]!.AsArray().Count).ShouldBeGreaterThan(200); // The rules did look.
        return
        [
            .. from finding in report["not_compliant"]!.AsArray()
               from Match match in ResourcePath().Matches(finding!.ToJsonString())
               let found = (finding["Rule"]!["name"]!.ToString(), match.Groups[1].Value)
               group found by found into one
               select one.Key,
        ];
    }

    [GeneratedRegex("/Resources/([A-Za-z0-9]+)")]
    private static partial Regex ResourcePath();
}
