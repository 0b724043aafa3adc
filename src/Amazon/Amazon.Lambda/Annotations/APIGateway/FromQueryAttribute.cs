namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>The parameter is in the query; a collection takes every value.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class FromQueryAttribute : Attribute, INamedAttribute
{
    /// <summary>The name on the wire, where it isn't the parameter's own.</summary>
    public string Name { get; set; }
}
