using Amazon.CDK;
using Aiops.Cdk.Functions;
using Aiops.Cdk.Parameters;

namespace Aiops.Cdk.Organisation;

/// <summary>
/// What an organisation deploys from its delegated administrator: buckets for the bundle, a StackSet whose stacks are the same
/// environment as everywhere, and, where a hub is named, the hub's role.
/// </summary>
internal static class OrganisationApp
{
    public static void Compose(App app, AiopsParameters parameters, OrganisationParameters organisation)
    {
        var template = SynthesizeMember(app, parameters, organisation);
        _ = new AccountsStack(app, $"{parameters.StackName}-accounts", parameters, organisation, template,
            AiopsApp.PropsOf(parameters, $"{parameters.StackName}-accounts"));
        foreach (var region in organisation.Regions)
        {
            var props = AiopsApp.PropsOf(parameters, $"{parameters.StackName}-bundles");
            props.Env = new Amazon.CDK.Environment { Account = parameters.Account, Region = region };
            _ = new BundlesStack(app, $"{parameters.StackName}-bundles-{region}", parameters, organisation, region, props);
        }

        if (organisation.HubAccount is { } hub)
        {
            var props = AiopsApp.PropsOf(parameters, $"{parameters.StackName}-hub");
            props.Env = new Amazon.CDK.Environment { Account = hub, Region = parameters.Region ?? organisation.Regions[0] };
            _ = new HubStack(app, $"{parameters.StackName}-hub", parameters, organisation, props);
        }
    }

    /// <summary>
    /// The member's template, made in an app of its own: a StackSet takes one file, for any account and Region, without the
    /// assets and the bootstrap stack that an app's own stacks may count on.
    /// </summary>
    private static string SynthesizeMember(App app, AiopsParameters parameters, OrganisationParameters organisation)
    {
        var inner = new App(new AppProps
        {
            Outdir = Path.Combine(app.Outdir, "member"),
            Context = AppContextJson.Whole(app.Node),
            AnalyticsReporting = false,
        });
        var props = AiopsApp.PropsOf(parameters, parameters.StackName);
        props.Env = null;
        props.Synthesizer = new DefaultStackSynthesizer(
            new DefaultStackSynthesizerProps { GenerateBootstrapVersionRule = false });
        var stack = new AiopsStack(
            inner, parameters.StackName, ForAnyAccount(parameters),
            FunctionBundle.OfBucket(organisation.BundleBucketPrefix, organisation.BundleKey), props);
        if (organisation.HubAccount is { } hub)
        {
            _ = new RollupRole(stack, parameters, organisation.OrganisationId, hub);
        }

        inner.Synth();
        return Path.Combine(inner.Outdir, $"{parameters.StackName}.template.json");
    }

    /// <summary>Without what belongs to one account: topics are subscribed account by account, each has a topic of its own for
    /// alarms, and no member account may have a monitor of costs by tag.</summary>
    private static AiopsParameters ForAnyAccount(AiopsParameters parameters)
        => parameters with
        {
            Account = null,
            Region = null,
            UrgentTopics = [],
            RoutineTopics = [],
            AlarmTopicArn = null,
            CostMonitor = false,
            Actions = null,
            Tickets = null, // Its parameter and secrets are one account's.
            Model = null, // Its parameter too, and its profiles' Regions are of one Region.
        };
}
