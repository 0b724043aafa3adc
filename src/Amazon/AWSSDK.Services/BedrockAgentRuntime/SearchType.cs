using Amazon.Runtime;

namespace Amazon.BedrockAgentRuntime;

/// <summary>By words and meaning, or by meaning alone.</summary>
public class SearchType : ConstantClass
{
    public static readonly SearchType HYBRID = new("HYBRID");

    public static readonly SearchType SEMANTIC = new("SEMANTIC");

    public SearchType(string value)
        : base(value)
    {
    }

    public static SearchType FindValue(string value) => FindValue<SearchType>(value);

    public static implicit operator SearchType(string value) => FindValue(value);
}
