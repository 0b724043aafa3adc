using System.Net;
using System.Text.Json;
using System.Xml;
using Aiops.Aws.Wire.Protocols;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace Aiops.Aws.Wire.Pipeline;

/// <summary>Hands an answer's body to its operation, and makes an error's body into a code and a message.</summary>
internal sealed class WireUnmarshaller<TResponse>(WireOperation<TResponse> operation) : ResponseUnmarshaller
    where TResponse : class
{
    private const string RequestIdHeader = "x-amzn-RequestId";

    public override AmazonWebServiceResponse Unmarshall(UnmarshallerContext input)
    {
        try
        {
            return new WireAnswer<TResponse> { Value = operation.Read(((Context)input).Body) };
        }
        catch (Exception error) when (error is JsonException or XmlException)
        {
            // Half an answer under status 200: the SDK's rules ask again for exactly this.
            throw new AmazonUnmarshallingException(
                input.ResponseData.GetHeaderValue(RequestIdHeader), null, null, error, input.ResponseData.StatusCode);
        }
    }

    public override AmazonServiceException UnmarshallException(
        UnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var (response, body) = (input.ResponseData, ((Context)input).Body);
        var error = ErrorBody.Read(body, operation.Service.Protocol, response.GetHeaderValue("x-amzn-ErrorType"));
        var side = (int)statusCode >= 500 ? ErrorType.Receiver : ErrorType.Sender;
        var id = error.RequestId ?? response.GetHeaderValue(RequestIdHeader);
        return new AmazonServiceException(error.Message, innerException, side, error.Code, id, statusCode);
    }

    protected override UnmarshallerContext ConstructUnmarshallerContext(
        Stream responseStream, bool maintainResponseBody, IWebResponseData response, bool isException)
        => new Context(responseStream, response, isException);

    protected override UnmarshallerContext ConstructUnmarshallerContext(
        Stream responseStream,
        bool maintainResponseBody,
        IWebResponseData response,
        bool isException,
        IRequestContext requestContext)
        => new Context(responseStream, response, isException);

    /// <summary>The SDK's way of handing a body over; its own walk through the document isn't used.</summary>
    private sealed class Context : UnmarshallerContext
    {
        public Context(Stream body, IWebResponseData response, bool isException)
        {
            (Body, WebResponseData, IsException) = (body, response, isException);
        }

        public Stream Body { get; }

        public override string CurrentPath => "";

        public override int CurrentDepth => 0;

        public override bool IsStartElement => false;

        public override bool IsEndElement => false;

        public override bool IsStartOfDocument => true;
    }
}
