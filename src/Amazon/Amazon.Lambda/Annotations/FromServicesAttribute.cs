namespace Amazon.Lambda.Annotations;

/// <summary>Takes the parameter from the services, in a scope of its own for each invocation.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class FromServicesAttribute : Attribute;
