using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SSM;
using Constructs;

namespace Aiops.Cdk.Foundation;

/// <summary>
/// What people turn without a deployment. <c>mute</c> is <c>off</c>, or an ISO time until which everything is recorded as muted;
/// <c>maintenance</c> is <c>{"windows":[…]}</c>, as docs/maintenance.md shows. A later deployment leaves a changed
/// value alone as long as the template's is the same.
/// </summary>
internal sealed class Switches : Construct
{
    public Switches(Construct scope, AiopsNames names) : base(scope, nameof(Switches))
    {
        Mute = New("Mute", $"/{names.Stack}/mute", "off", "off, or the ISO time until which every incident is recorded as muted");
        Maintenance = New("Maintenance", $"/{names.Stack}/maintenance", """{"windows":[]}""",
            "Maintenance windows, as docs/maintenance.md shows");
    }

    public StringParameter Mute { get; }
    public StringParameter Maintenance { get; }

    public void GrantRead(IGrantable to) => Grant.AddToPrincipal(new GrantOnPrincipalOptions
    {
        Grantee = to,
        Actions = ["ssm:GetParameters"],
        ResourceArns = [Mute.ParameterArn, Maintenance.ParameterArn],
    });

    private StringParameter New(string id, string name, string value, string says)
        => new(this, id, new StringParameterProps { ParameterName = name, StringValue = value, Description = says });
}
