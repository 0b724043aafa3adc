using System.Text.Json.Serialization;
using Aiops.Aws.Wire.Protocols;

namespace Aiops.Aws.Wire.ApplicationSignals;

/// <summary>Amazon CloudWatch Application Signals.</summary>
internal static class SignalsWire
{
    public static WireService Service { get; } = new(
        "Application Signals", "application-signals", "2024-04-15", WireProtocol.RestJson);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(EpochSeconds)])]
[JsonSerializable(typeof(ListServicesRequest))]
[JsonSerializable(typeof(ListServicesResponse))]
[JsonSerializable(typeof(ListServiceDependenciesRequest))]
[JsonSerializable(typeof(ListServiceDependenciesResponse))]
[JsonSerializable(typeof(ListServiceDependentsRequest))]
[JsonSerializable(typeof(ListServiceDependentsResponse))]
[JsonSerializable(typeof(ListServiceLevelObjectivesRequest))]
[JsonSerializable(typeof(ListServiceLevelObjectivesResponse))]
[JsonSerializable(typeof(BatchGetServiceLevelObjectiveBudgetReportRequest))]
[JsonSerializable(typeof(BatchGetServiceLevelObjectiveBudgetReportResponse))]
[JsonSerializable(typeof(ListServiceStatesRequest))]
[JsonSerializable(typeof(ListServiceStatesResponse))]
[JsonSerializable(typeof(ListEntityEventsRequest))]
[JsonSerializable(typeof(ListEntityEventsResponse))]
internal sealed partial class SignalsJson : JsonSerializerContext;
