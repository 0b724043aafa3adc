using Amazon.Lambda.Core;

namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>How API Gateway wants an answer written.</summary>
public class HttpResultSerializationOptions
{
    public enum ProtocolFormat
    {
        RestApi,
        HttpApi,
    }

    public enum ProtocolVersion
    {
        V1,
        V2,
    }

    public ProtocolFormat Format { get; set; }

    public ProtocolVersion Version { get; set; }

    /// <summary>Writes a body that is neither text nor bytes.</summary>
    public ILambdaSerializer Serializer { get; set; }
}
