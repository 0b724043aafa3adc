using System.Buffers;
using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace Amazon.Internal;

/// <summary>An operation of a service that speaks JSON: how its request is written, and its answers and errors are read.</summary>
/// <param name="prepare">Sets the path and the headers that the protocol asks for.</param>
/// <param name="write">Writes the members of the request's JSON object.</param>
/// <param name="read">Reads the response from its JSON object.</param>
/// <param name="fail">Makes the exception of an error by its code; an unknown code makes the service's base exception.</param>
internal sealed class Operation<TRequest, TResponse>(
    Action<TRequest, IRequest> prepare, Action<TRequest, Utf8JsonWriter> write, Func<JsonElement, TResponse> read, Func<ErrorResponse, AmazonServiceException> fail)
    : IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse
{
    public InvokeOptions Options => new() { RequestMarshaller = this, ResponseUnmarshaller = new Reader(this) };

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var typed = (TRequest)input;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(typed, writer);
            writer.WriteEndObject();
        }

        var request = new DefaultRequest(input, "Amazon") { HttpMethod = "POST", Content = buffer.WrittenSpan.ToArray() };
        prepare(typed, request);
        return request;
    }

    private sealed class Reader(Operation<TRequest, TResponse> operation) : JsonResponseUnmarshaller
    {
        public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext context)
        {
            using var document = context.IsEmptyResponse ? JsonDocument.Parse("{}") : JsonDocument.Parse(context.Stream);
            return operation.Read(document.RootElement);
        }

        public override AmazonServiceException UnmarshallException(
            JsonUnmarshallerContext context, Exception innerException, HttpStatusCode statusCode)
        {
            var reader = new StreamingUtf8JsonReader(context.Stream);
            var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(context, ref reader);
            (error.InnerException, error.StatusCode) = (innerException, statusCode);
            return operation.Fail(error);
        }
    }

    private TResponse Read(JsonElement root) => read(root);

    private AmazonServiceException Fail(ErrorResponse error) => fail(error);
}
