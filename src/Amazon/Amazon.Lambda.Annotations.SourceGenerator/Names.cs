namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>The official names that generated code refers to.</summary>
internal static class Names
{
    public const string LambdaFunction = "Amazon.Lambda.Annotations.LambdaFunctionAttribute";
    public const string LambdaStartup = "Amazon.Lambda.Annotations.LambdaStartupAttribute";
    public const string LambdaGlobalProperties = "Amazon.Lambda.Annotations.LambdaGlobalPropertiesAttribute";
    public const string LambdaSerializer = "Amazon.Lambda.Core.LambdaSerializerAttribute";
    public const string FromServices = "Amazon.Lambda.Annotations.FromServicesAttribute";
    public const string HttpApi = "Amazon.Lambda.Annotations.APIGateway.HttpApiAttribute";
    public const string FromBody = "Amazon.Lambda.Annotations.APIGateway.FromBodyAttribute";
    public const string FromRoute = "Amazon.Lambda.Annotations.APIGateway.FromRouteAttribute";
    public const string FromQuery = "Amazon.Lambda.Annotations.APIGateway.FromQueryAttribute";
    public const string FromHeader = "Amazon.Lambda.Annotations.APIGateway.FromHeaderAttribute";

    public const string Context = "global::Amazon.Lambda.Core.ILambdaContext";
    public const string HttpRequest = "global::Amazon.Lambda.APIGatewayEvents.APIGatewayHttpApiV2ProxyRequest";
    public const string HttpResponse = "global::Amazon.Lambda.APIGatewayEvents.APIGatewayHttpApiV2ProxyResponse";
    public const string HttpResult = "global::Amazon.Lambda.Annotations.APIGateway.IHttpResult";
    public const string Stream = "global::System.IO.Stream";
    public const string Task = "global::System.Threading.Tasks.Task";
}
