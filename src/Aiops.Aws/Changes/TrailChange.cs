using System.Globalization;
using System.Text.Json;
using Aiops.Analysis.Telemetry;

namespace Aiops.Aws.Changes;

/// <summary>
/// Makes a change of one CloudTrail record ("CloudTrail record contents"). Values of parameters are never told, only what they
/// name: there may be secrets among them.
/// </summary>
internal static class TrailChange
{
    public static ChangeRecord? Read(JsonElement record)
    {
        if (TrailNoise.Is(record)
            || !DateTimeOffset.TryParse(
                record.Said("eventTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            || record.Said("eventID") is not { Length: > 0 } id)
        {
            return null;
        }

        var service = record.Said("eventSource").Split('.')[0];
        var name = WithoutVersion(record.Said("eventName"));
        var parameters = record.Part("requestParameters") ?? default;
        var component = TrailResource.Of(service, parameters, record.Part("responseElements") ?? default);
        var actor = TrailActor.Of(record);
        var summary = component.Length > 0 ? $"{service} {name} of {component}" : $"{service} {name}";
        var caller = record.Part("userIdentity")?.Said("accountId") ?? "";
        var account = record.Said("recipientAccountId") is { Length: > 0 } own ? own : caller;
        return new ChangeRecord(
            id, account, new Change(at, component, TrailKind.Of(service, name, parameters), summary, actor, id));
    }

    // Lambda's: UpdateFunctionCode20150331v2
    private static string WithoutVersion(string name)
    {
        var plain = name.EndsWith("v2", StringComparison.Ordinal) ? name[..^2] : name;
        return plain.Length > 8 && plain.AsSpan(plain.Length - 8).IndexOfAnyExceptInRange('0', '9') < 0 ? plain[..^8] : name;
    }
}
