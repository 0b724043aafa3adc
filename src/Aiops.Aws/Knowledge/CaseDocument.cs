using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Masking;

namespace Aiops.Aws.Knowledge;

/// <summary>A case as the knowledge base reads it: Markdown, masked, with the metadata that proposals are narrowed by.</summary>
internal static class CaseDocument
{
    public const string Scope = "scope";
    public const string Kind = "kind";
    public const string CaseKind = "case";
    public const string IncidentId = "incidentId";
    public const string Status = "status";

    public static string Key(string incidentId) => $"cases/{incidentId}.md";

    /// <summary>Beside the document, as Bedrock looks for it.</summary>
    public static string MetadataKey(string incidentId) => $"{Key(incidentId)}.metadata.json";

    public static byte[] Text(PastCase past)
    {
        StringBuilder text = new();
        text.Append("# ").AppendLine(past.Title).AppendLine();
        Line("What it was", past.Cause);
        Line("Cause", past.Component);
        Line("Ruled out", past.Verdict == Verdict.Rejected ? past.Named : null);
        Line("Helped", past.Helped is { Count: > 0 } helped ? string.Join(", ", helped) : null);
        Line("Kind", past.Fingerprint.Kind.ToString().ToLowerInvariant());
        Line("Components", Joined(past.Fingerprint.Components));
        Line("Types", Joined(past.Fingerprint.Types));
        Line("Metrics", Joined(past.Fingerprint.Metrics));
        Line("Opened", past.OpenedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'"));
        return Encoding.UTF8.GetBytes(SecretMask.Mask(text.ToString()));

        void Line(string name, string? value)
        {
            if (value is { Length: > 0 })
            {
                text.Append(name).Append(": ").AppendLine(value);
            }
        }

        static string? Joined(IReadOnlyList<string> names) => names.Count == 0 ? null : string.Join(", ", names);
    }

    public static byte[] Metadata(CaseRecord record) => JsonSerializer.SerializeToUtf8Bytes(
        new CaseMetadata(new CaseAttributes(
            record.Scope, CaseKind, record.Case.IncidentId, record.Status == CaseStatus.Current ? "current" : "revoked", record.Version)),
        CaseMetadataJson.Default.CaseMetadata);
}

internal sealed record CaseMetadata(CaseAttributes MetadataAttributes);

internal sealed record CaseAttributes(string Scope, string Kind, string IncidentId, string Status, long Version);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CaseMetadata))]
internal sealed partial class CaseMetadataJson : JsonSerializerContext;
