namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The Runtime API refused: the process can't go on, and Lambda starts another.</summary>
public class RuntimeApiClientException(string message, int statusCode, string response) : Exception(
    $"{message}\n\nStatus: {statusCode}\nResponse: \n{response[..Math.Min(512, response.Length)]}")
{
    public int StatusCode { get; } = statusCode;

    public string Response { get; } = response;
}
