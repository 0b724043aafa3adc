using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Lambda's Runtime API over HTTP, version 2018-06-01.</summary>
public class RuntimeApiClient : IRuntimeApiClient
{
    private const int MaxHeaderBytes = 1024 * 1024;
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue ErrorJson = new("application/vnd.aws.lambda.error+json");

    private readonly HttpClient httpClient;
    private readonly string runtime;
    private readonly LambdaEnvironment environment = new();
    private readonly FunctionLog log = FunctionLog.Install();

    public RuntimeApiClient(HttpClient httpClient)
        : this(httpClient, Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API"))
    {
    }

    internal RuntimeApiClient(HttpClient httpClient, string endpoint)
    {
        this.httpClient = httpClient;
        runtime = $"http://{endpoint}/2018-06-01/runtime";
    }

    public async Task<InvocationRequest> GetNextInvocationAsync(CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{runtime}/invocation/next");
        using var response = await httpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
            throw await RefusedAsync(response, cancellationToken);
        var headers = new RuntimeApiHeaders(response.Headers);
        var input = new MemoryStream(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        log.Begin(headers);
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", headers.TraceId); // Where X-Ray's and OpenTelemetry's SDKs look.
        LambdaTraceProvider.SetCurrentTraceId(headers.TraceId);
        return new InvocationRequest { InputStream = input, LambdaContext = new LambdaContext(headers, environment, log) };
    }

    public Task SendResponseAsync(string awsRequestId, Stream outputStream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(awsRequestId);
        HttpContent content = outputStream == null ? new StringContent("") : new StreamContent(new Borrowed(outputStream));
        content.Headers.ContentType = Json;
        return PostAsync($"invocation/{awsRequestId}/response", content, _ => { }, cancellationToken);
    }

    public Task ReportInvocationErrorAsync(
        string awsRequestId, Exception exception, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(awsRequestId);
        ArgumentNullException.ThrowIfNull(exception);
        var cause = XRayCause.Of(exception);
        return PostAsync(
            $"invocation/{Uri.EscapeDataString(awsRequestId)}/error",
            Error(ExceptionJson.Of(exception)),
            headers =>
            {
                headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", exception.GetType().Name);
                if (Encoding.UTF8.GetByteCount(cause) < MaxHeaderBytes)
                    headers.TryAddWithoutValidation("Lambda-Runtime-Function-XRay-Error-Cause", cause);
            },
            cancellationToken);
    }

    public Task ReportInitializationErrorAsync(Exception exception, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return PostAsync("init/error", Error(ExceptionJson.Of(exception)), _ => { }, cancellationToken);
    }

    public Task ReportInitializationErrorAsync(string errorType, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(errorType);
        return PostAsync(
            "init/error",
            Error(""),
            headers => headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", errorType),
            cancellationToken);
    }

    private static StringContent Error(string json)
    {
        var content = new StringContent(json);
        content.Headers.ContentType = ErrorJson;
        return content;
    }

    private async Task PostAsync(
        string path, HttpContent content, Action<HttpRequestHeaders> head, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{runtime}/{path}") { Content = content };
        head(request.Headers);
        using var response = await httpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw await RefusedAsync(response, cancellationToken);
    }

    private static async Task<RuntimeApiClientException> RefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return new RuntimeApiClientException(
            response.StatusCode switch
            {
                HttpStatusCode.BadRequest => "Bad Request",
                HttpStatusCode.Forbidden => "Forbidden",
                HttpStatusCode.RequestEntityTooLarge => "Payload Too Large",
                HttpStatusCode.InternalServerError => "Container error. Non-recoverable state. Runtime should exit promptly.",
                _ => $"The HTTP status code of the response was not expected ({(int)response.StatusCode}).",
            },
            (int)response.StatusCode,
            text);
    }
}
