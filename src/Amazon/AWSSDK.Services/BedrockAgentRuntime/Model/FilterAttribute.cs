using Amazon.Runtime.Documents;

namespace Amazon.BedrockAgentRuntime.Model;

/// <summary>A metadata attribute and what its value is compared with.</summary>
public class FilterAttribute
{
    public string Key { get; set; }

    public Document Value { get; set; }
}
