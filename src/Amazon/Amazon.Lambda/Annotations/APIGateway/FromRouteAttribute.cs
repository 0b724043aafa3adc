namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>The parameter is a part of the path, as the template names it.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class FromRouteAttribute : Attribute, INamedAttribute
{
    /// <summary>The name on the wire, where it isn't the parameter's own.</summary>
    public string Name { get; set; }
}
