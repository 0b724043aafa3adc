using Amazon.Runtime;

namespace Amazon.BedrockAgentRuntime;

/// <summary>What kind of content a result has.</summary>
public class RetrievalResultContentType : ConstantClass
{
    public static readonly RetrievalResultContentType AUDIO = new("AUDIO");

    public static readonly RetrievalResultContentType IMAGE = new("IMAGE");

    public static readonly RetrievalResultContentType ROW = new("ROW");

    public static readonly RetrievalResultContentType TEXT = new("TEXT");

    public static readonly RetrievalResultContentType VIDEO = new("VIDEO");

    public RetrievalResultContentType(string value)
        : base(value)
    {
    }

    public static RetrievalResultContentType FindValue(string value) => FindValue<RetrievalResultContentType>(value);

    public static implicit operator RetrievalResultContentType(string value) => FindValue(value);
}
