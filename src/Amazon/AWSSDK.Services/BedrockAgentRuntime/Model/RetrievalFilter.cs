using Amazon.Internal;

namespace Amazon.BedrockAgentRuntime.Model;

/// <summary>A condition on the metadata of a document: one of these.</summary>
public class RetrievalFilter
{
    /// <summary>Two or more.</summary>
    public List<RetrievalFilter> AndAll { get; set; } = JsonMembers.Empty<RetrievalFilter>();

    public new FilterAttribute Equals { get; set; }

    public FilterAttribute GreaterThan { get; set; }

    public FilterAttribute GreaterThanOrEquals { get; set; }

    public FilterAttribute In { get; set; }

    public FilterAttribute LessThan { get; set; }

    public FilterAttribute LessThanOrEquals { get; set; }

    public FilterAttribute ListContains { get; set; }

    public FilterAttribute NotEquals { get; set; }

    public FilterAttribute NotIn { get; set; }

    /// <summary>Two or more.</summary>
    public List<RetrievalFilter> OrAll { get; set; } = JsonMembers.Empty<RetrievalFilter>();

    public FilterAttribute StartsWith { get; set; }

    public FilterAttribute StringContains { get; set; }
}
