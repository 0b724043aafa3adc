using Amazon.Runtime;

namespace Amazon.BedrockAgentRuntime;

/// <summary>Whether a guardrail intervened; the spelling is the service's.</summary>
public class GuadrailAction : ConstantClass
{
    public static readonly GuadrailAction INTERVENED = new("INTERVENED");

    public static readonly GuadrailAction NONE = new("NONE");

    public GuadrailAction(string value)
        : base(value)
    {
    }

    public static GuadrailAction FindValue(string value) => FindValue<GuadrailAction>(value);

    public static implicit operator GuadrailAction(string value) => FindValue(value);
}
