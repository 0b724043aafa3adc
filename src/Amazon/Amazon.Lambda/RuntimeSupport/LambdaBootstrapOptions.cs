namespace Amazon.Lambda.RuntimeSupport.Bootstrap;

/// <summary>For tests: in Lambda the environment says where the Runtime API is.</summary>
public class LambdaBootstrapOptions
{
    /// <summary>HOST:PORT.</summary>
    public string RuntimeApiEndpoint { get; set; }
}
