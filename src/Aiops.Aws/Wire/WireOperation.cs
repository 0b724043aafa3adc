using System.Text.Json.Serialization.Metadata;
using Aiops.Aws.Wire.Protocols;
using Amazon.Runtime.Internal;

namespace Aiops.Aws.Wire;

/// <summary>An operation of a service, by what answers it.</summary>
public abstract class WireOperation<TResponse>(WireService service, string name)
    where TResponse : class
{
    public WireService Service => service;

    /// <summary>The operation's name in the service's model.</summary>
    public string Name => name;

    /// <summary>Writes method, path, headers and body.</summary>
    internal abstract void Write(IWireRequest<TResponse> request, IRequest http);

    /// <exception cref="System.Text.Json.JsonException">The answer isn't what the model promises, or ends early.</exception>
    /// <exception cref="System.Xml.XmlException">The same, in XML.</exception>
    internal abstract TResponse Read(Stream body);
}

/// <summary>An operation whose request and response are typed records with source-generated JSON.</summary>
internal sealed class WireOperation<TRequest, TResponse>(
    WireService service, string name, JsonTypeInfo<TRequest> requests, JsonTypeInfo<TResponse> responses)
    : WireOperation<TResponse>(service, name)
    where TRequest : class, IWireRequest<TResponse>
    where TResponse : class
{
    /// <summary>For rest-json alone.</summary>
    public RestBinding Rest { get; init; } = RestBinding.None;

    public JsonTypeInfo<TRequest> Requests => requests;

    public JsonTypeInfo<TResponse> Responses => responses;

    internal override void Write(IWireRequest<TResponse> request, IRequest http)
    {
        var typed = (TRequest)request;
        switch (Service.Protocol)
        {
            case WireProtocol.RestJson:
                RestJson.Write(typed, requests, Rest, http);
                break;
            case WireProtocol.Query:
                QueryForm.Write(typed, requests, Service, Name, http);
                break;
            default:
                AwsJson.Write(typed, requests, Service, Name, http);
                break;
        }
    }

    internal override TResponse Read(Stream body) => Service.Protocol == WireProtocol.Query
        ? QueryXml.Read(body, responses, Name)
        : AwsJson.Read(body, responses);
}

/// <summary>Where a rest-json operation puts its members; what is neither in the path nor in the query is the body.</summary>
/// <param name="Path">With a place for each member that goes there: <c>/model/{modelId}/converse</c>.</param>
internal sealed record RestBinding(string Method, string Path)
{
    public static RestBinding None { get; } = new("POST", "/");

    /// <summary>Members by their wire names.</summary>
    public IReadOnlyList<string> InPath { get; init; } = [];

    /// <summary>From a member's name to its name in the query string.</summary>
    public IReadOnlyDictionary<string, string> InQuery { get; init; } = Same();

    /// <summary>Members that are called the same in the query string.</summary>
    public static IReadOnlyDictionary<string, string> Same(params ReadOnlySpan<string> names)
    {
        Dictionary<string, string> same = [];
        foreach (var name in names)
        {
            same[name] = name;
        }

        return same;
    }
}
