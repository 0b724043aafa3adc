namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>The function answers a route of an API Gateway HTTP API.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class HttpApiAttribute(LambdaHttpMethod method, string template) : Attribute
{
    public HttpApiVersion Version { get; set; } = HttpApiVersion.V2;

    public string Template { get; set; } = template;

    public LambdaHttpMethod Method { get; set; } = method;
}

/// <summary>The format of the payload that API Gateway hands to the function.</summary>
public enum HttpApiVersion
{
    V1,
    V2,
}

public enum LambdaHttpMethod
{
    Any,
    Get,
    Post,
    Put,
    Patch,
    Head,
    Delete,
    Options,
}
