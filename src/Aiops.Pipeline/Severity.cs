using System.Text.Json.Serialization;

namespace Aiops.Pipeline;

/// <summary>How bad an incident is, worst first, as incident management numbers it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
public enum Severity
{
    [JsonStringEnumMemberName("sev1")] Sev1 = 1,
    [JsonStringEnumMemberName("sev2")] Sev2,
    [JsonStringEnumMemberName("sev3")] Sev3,
    [JsonStringEnumMemberName("sev4")] Sev4,
}

/// <summary>What kind of trouble it is; decides which signals and playbooks matter.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IncidentKind>))]
public enum IncidentKind
{
    [JsonStringEnumMemberName("unknown")] Unknown = 0,
    [JsonStringEnumMemberName("latency")] Latency,
    [JsonStringEnumMemberName("errors")] Errors,
    [JsonStringEnumMemberName("saturation")] Saturation,
    [JsonStringEnumMemberName("availability")] Availability,
    [JsonStringEnumMemberName("traffic")] Traffic,
    [JsonStringEnumMemberName("cost")] Cost,
    [JsonStringEnumMemberName("security")] Security,
    [JsonStringEnumMemberName("change")] Change,
}
