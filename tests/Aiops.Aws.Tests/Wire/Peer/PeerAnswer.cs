using System.Text;

namespace Aiops.Aws.Tests.Wire.Peer;

/// <summary>What the peer says to a call.</summary>
internal sealed record PeerAnswer(int Status, string Body)
{
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>Ends the connection after this many bytes of the body, whose full length was announced.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Says nothing until the caller gives up.</summary>
    public bool NeverAnswers { get; init; }

    public byte[] Bytes => Encoding.UTF8.GetBytes(Body);

    public static implicit operator PeerAnswer(string body) => new(200, body);

    /// <summary>awsJson's and rest-json's errors.</summary>
    public static PeerAnswer Error(string code, string message, int status = 400, string? retryAfter = null)
        => new(status, $$"""{"__type":"com.amazonaws.peer#{{code}}","message":"{{message}}"}""")
        {
            Headers = retryAfter is null ? [] : new Dictionary<string, string> { ["Retry-After"] = retryAfter },
        };

    /// <summary>The Query protocol's errors.</summary>
    public static PeerAnswer XmlError(string code, string message, int status = 400) => new(status, $"""
        <ErrorResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/">
          <Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>
          <RequestId>5c1a2e3f-0000-4000-8000-000000000001</RequestId>
        </ErrorResponse>
        """);

    public static PeerAnswer Silence => new(200, "") { NeverAnswers = true };
}
