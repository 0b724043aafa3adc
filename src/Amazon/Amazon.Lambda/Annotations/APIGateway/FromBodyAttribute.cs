namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>The parameter is the request's body: as it is for a string, else from its JSON.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class FromBodyAttribute : Attribute;
