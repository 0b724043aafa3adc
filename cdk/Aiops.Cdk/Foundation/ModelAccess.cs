using Amazon.CDK.AWS.IAM;
using Aiops.Cdk.Functions;
using Aiops.Cdk.Parameters;

namespace Aiops.Cdk.Foundation;

/// <summary>
/// What the functions that ask a language model need: the parameter with its settings, and the models and inference profiles
/// that are named. Without <c>aiops:model</c> it grants nothing, tells nobody, and there is no model.
/// </summary>
/// <remarks>
/// A call by a profile is checked on the profile, on the model here and on the model where it is answered: "IAM policy
/// requirements" under "Geographic" and "Global cross-Region inference" in the Amazon Bedrock User Guide. Converse is checked as
/// <c>bedrock:InvokeModel</c>.
/// </remarks>
internal sealed class ModelAccess(AiopsNames names, ModelParameters? model)
{
    private const string Variable = "AIOPS_MODEL_SETTINGS";

    public bool IsConfigured => model is not null;

    /// <summary>The host for those functions alone: the others' environment has no room to spare.</summary>
    public FunctionHost Tell(FunctionHost host) => model is null
        ? host
        : host with { Environment = new Dictionary<string, string>(host.Environment) { [Variable] = model.Settings } };

    public void Grant(Role to)
    {
        if (model is null)
        {
            return;
        }

        Allow(to, [names.Arn("ssm", $"parameter{model.Settings}")], "ssm:GetParameters");
        Allow(to, [.. model.Models.Select(id => Model(names.Region, id))], "bedrock:InvokeModel");
        foreach (var profile in model.Profiles)
        {
            var arn = names.Arn("bedrock", $"inference-profile/{profile.Id}");
            Allow(to, [arn], "bedrock:InvokeModel");
            // The model elsewhere by way of this profile alone: nobody may send to another Region without it.
            to.AddToPolicy(new PolicyStatement(new PolicyStatementProps
            {
                Actions = ["bedrock:InvokeModel"],
                Resources = [.. Answering(profile).Distinct(StringComparer.Ordinal)],
                Conditions = Condition.That("StringEquals", "bedrock:InferenceProfileArn", arn),
            }));
        }
    }

    // A global profile's requests go to no Region that is known before: AWS writes its model without one.
    private IEnumerable<string> Answering(ProfileParameters profile) => profile.IsGlobal
        ? [Model(names.Region, profile.Model), Model("", profile.Model)]
        : [Model(names.Region, profile.Model), .. model!.Regions.Select(region => Model(region, profile.Model))];

    private string Model(string region, string id) => names.ArnOfAws("bedrock", region, $"foundation-model/{id}");

    private static void Allow(Role to, string[] arns, string action)
    {
        if (arns.Length > 0)
        {
            to.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = [action], Resources = arns }));
        }
    }
}
