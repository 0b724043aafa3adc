using System.Text;
using System.Text.Json.Nodes;

namespace Aiops.ScriptedModel.Wires;

/// <summary>An answer in one piece.</summary>
internal sealed record HttpAnswer(int Status, string ContentType, byte[] Body)
{
    public Dictionary<string, string> Headers { get; init; } = [];

    public static HttpAnswer Json(int status, JsonNode body) => new(status, "application/json", Encoding.UTF8.GetBytes(body.ToJsonString()));

    public HttpAnswer With(string header, string? value)
    {
        if (value is not null)
        {
            Headers[header] = value;
        }

        return this;
    }
}

/// <summary>A wire format: reads its requests, and writes what has a body. The rest is the transport's.</summary>
internal interface IWire
{
    ModelWire Kind { get; }

    /// <exception cref="WireBrokenException">The request breaks the wire's rules.</exception>
    ScriptedRequest Read(ReceivedRequest raw, int ordinal);

    HttpAnswer Write(ScriptedReply reply, ScriptedRequest request);

    HttpAnswer Complain(string message);
}

/// <summary>A client sent what the real service would refuse.</summary>
internal sealed class WireBrokenException(string message) : Exception(message);
