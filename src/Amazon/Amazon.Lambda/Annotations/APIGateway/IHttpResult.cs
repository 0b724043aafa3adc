using System.Net;

namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>An answer of an HTTP function that knows how API Gateway wants it written.</summary>
public interface IHttpResult
{
    HttpStatusCode StatusCode { get; }

    Stream Serialize(HttpResultSerializationOptions options);

    /// <summary>Adds a value to a header, whose name is lowered. The same result, for more calls.</summary>
    IHttpResult AddHeader(string name, string value);
}
