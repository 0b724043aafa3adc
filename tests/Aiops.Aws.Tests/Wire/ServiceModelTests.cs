using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Aiops.Aws.Tests.Wire.Models;
using Aiops.Aws.Wire;

namespace Aiops.Aws.Tests.Wire;

/// <summary>Every operation of the signed client against the model that AWS publishes of its service.</summary>
public sealed class ServiceModelTests
{
    public static TheoryData<string> Operations => [.. Requests().Select(type => type.FullName!)];

    [Fact]
    public void Each_request_says_which_operation_it_is()
        => Requests().ShouldAllBe(type => Described.Of(type).Name + "Request" == type.Name);

    [TheoryOverModels]
    [MemberData(nameof(Operations))]
    public void A_request_has_the_members_and_places_that_its_model_says(string request)
    {
        var described = Described.Of(typeof(WireClient).Assembly.GetType(request)!);
        var model = ServiceModel.Of(described.Service);
        var operation = model.Operation(described.Name);
        ModelComparison comparison = new(model, isRequest: true);
        comparison.Compare(described.Name, described.Requests, operation["input"]);
        comparison.Differences.ShouldBeEmpty();
        if (described.Service.Protocol == WireProtocol.RestJson)
        {
            Text(operation["http"]!["method"], "POST").ShouldBe(described.Rest.Method);
            Text(operation["http"]!["requestUri"]).ShouldBe(described.Rest.Path);
            comparison.Located.Where(m => m.Value.Place == "uri").Select(m => m.Key)
                .ShouldBe(described.Rest.InPath, ignoreOrder: true);
            comparison.Located.Where(m => m.Value.Place == "querystring").ToDictionary(m => m.Key, m => m.Value.Name)
                .ShouldBe(described.Rest.InQuery.ToDictionary(), ignoreOrder: true);
        }
    }

    [TheoryOverModels]
    [MemberData(nameof(Operations))]
    public void An_answer_is_read_by_the_names_and_types_of_its_model(string request)
    {
        var described = Described.Of(typeof(WireClient).Assembly.GetType(request)!);
        var model = ServiceModel.Of(described.Service);
        var output = model.Operation(described.Name)["output"];
        ModelComparison comparison = new(model, isRequest: false);
        comparison.Compare(described.Name, described.Responses, output);
        comparison.Differences.ShouldBeEmpty();
        if (described.Service.Protocol == WireProtocol.Query)
        {
            Text(output!["resultWrapper"]).ShouldBe($"{described.Name}Result");
        }
    }

    [TheoryOverModels]
    [MemberData(nameof(Operations))]
    public void A_service_is_called_as_its_models_metadata_says(string request)
    {
        var service = Described.Of(typeof(WireClient).Assembly.GetType(request)!).Service;
        var metadata = ServiceModel.Of(service).Metadata;
        Text(metadata["serviceId"]).ShouldBe(service.Id);
        Text(metadata["endpointPrefix"]).ShouldBe(service.EndpointPrefix);
        Text(metadata["signingName"], service.EndpointPrefix).ShouldBe(service.SigningName);
        Text(metadata["apiVersion"]).ShouldBe(service.Version);
        metadata["targetPrefix"]?.GetValue<string>().ShouldBe(service.TargetPrefix);
        (Text(metadata["protocol"]), Text(metadata["jsonVersion"], "")).ShouldBe(service.Protocol switch
        {
            WireProtocol.Json10 => ("json", "1.0"),
            WireProtocol.Json11 => ("json", "1.1"),
            WireProtocol.Query => ("query", ""),
            _ => ("rest-json", Text(metadata["jsonVersion"], "")),
        });
    }

    private static string Text(JsonNode? node, string otherwise = "absent") => node?.GetValue<string>() ?? otherwise;

    private static IEnumerable<Type> Requests() => typeof(WireClient).Assembly.GetTypes()
        .Where(type => type.GetInterfaces().Any(IsRequest))
        .OrderBy(type => type.FullName, StringComparer.Ordinal);

    private static bool IsRequest(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IWireRequest<>);

    private sealed record Described(
        WireService Service, string Name, JsonTypeInfo Requests, JsonTypeInfo Responses, RestBinding Rest)
    {
        public static Described Of(Type request)
        {
            var asks = request.GetInterfaces().Single(IsRequest);
            var operation = asks.GetProperty("Operation")!.GetValue(RuntimeHelpers.GetUninitializedObject(request))!;
            T Get<T>(string name) => (T)operation.GetType().GetProperty(name)!.GetValue(operation)!;
            return new Described(
                Get<WireService>("Service"), Get<string>("Name"), Get<JsonTypeInfo>("Requests"), Get<JsonTypeInfo>("Responses"),
                Get<RestBinding>("Rest"));
        }
    }
}
