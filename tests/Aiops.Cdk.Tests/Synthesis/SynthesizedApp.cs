using Aiops.Cdk.Parameters;
using Amazon.CDK;
using Cdklabs.CdkNag;

namespace Aiops.Cdk.Tests.Synthesis;

/// <summary>
/// The app, synthesized once for all tests, with cdk-nag looking on: an environment with everything on (<c>full</c>), one as a
/// newcomer gets it (<c>least</c>), and one for what those two can't both show (<c>other</c>).
/// </summary>
public sealed class SynthesizedApp : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aiops-cdk-");

    public SynthesizedApp()
    {
        var bundle = folder.CreateSubdirectory("bundle");
        File.WriteAllText(Path.Combine(bundle.FullName, "Aiops.Functions.dll"), "not code");
        var context = AppContextJson.OfFile(Repository.Root)!;
        context["aiops:bundle"] = bundle.FullName;
        context["aiops:environments"] = TestEnvironments.All;
        context["aiops:organisation"] = TestEnvironments.OfOrganisation;
        Output = Path.Combine(folder.FullName, "out");
        var app = new App(new AppProps { Outdir = Output, Context = context, AnalyticsReporting = false });
        AiopsApp.Compose(app);
        Validations.Of(app).AddPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
        Synthesize(app);
        Full = Template.Read(Output, "aiops-full");
        Least = Template.Read(Output, "aiops-least");
        Other = Template.Read(Output, "other-prod");
        Actions = Template.Read(Output, "aiops-full-actions");
        Accounts = Template.Read(Output, "aiops-full-accounts");
        Member = Template.Read(Path.Combine(Output, "member"), "aiops-full");
        Bundles = Template.Read(Output, "aiops-full-bundles-eu-west-1");
        Hub = Template.Read(Output, "aiops-full-hub");
    }

    public string Output { get; }

    /// <summary>What CDK's own validation and cdk-nag have to say; null where they have nothing.</summary>
    public string? Complaint { get; private set; }

    public Template Full { get; }
    public Template Least { get; }
    public Template Other { get; }
    public Template Actions { get; }
    public Template Accounts { get; }
    public Template Bundles { get; }
    public Template Hub { get; }

    /// <summary>What a StackSet deploys in each account: <see cref="Full"/>, for any account and Region.</summary>
    public Template Member { get; }

    /// <summary>Whole environments.</summary>
    public IEnumerable<Template> Environments => [Full, Least, Other, Member];

    public IEnumerable<Template> All => [.. Environments, Actions, Accounts, Bundles, Hub];

    // The templates are written before they are validated, and each test is better at saying what is wrong with them.
    private void Synthesize(App app)
    {
        try
        {
            app.Synth();
        }
        catch (Exception failed) when (failed.Message.StartsWith("ValidationFailed", StringComparison.Ordinal))
        {
            Complaint = failed.Message;
        }
    }

    public void Dispose() => folder.Delete(recursive: true);
}

[CollectionDefinition(Name)]
public sealed class Synthesized : ICollectionFixture<SynthesizedApp>
{
    public const string Name = "the synthesized app";
}
