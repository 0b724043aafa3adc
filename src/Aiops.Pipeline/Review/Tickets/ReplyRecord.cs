using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aiops.Pipeline.Review.Tickets;

/// <summary>What was done because of one reply: it is done once, and answered as often as it takes.</summary>
/// <param name="Outcome">The review that it gave; null where it gave none.</param>
/// <param name="Helped">Playbooks that it called useful.</param>
/// <param name="Answer">Markdown, as answered below it.</param>
public sealed record ReplyRecord(
    string ReplyId, string Author, DateTimeOffset At, Outcome? Outcome, IReadOnlyList<string> Helped, string Answer);

/// <summary>Replies acted on, a document each: no two writers meet in one, and none is lost.</summary>
public sealed class ReplyRecords(IDocumentStore documents)
{
    public async Task<ReplyRecord?> FindAsync(string incidentId, string replyId, CancellationToken cancellationToken)
        => await documents.GetAsync(Key(incidentId, replyId), cancellationToken) is { } json
            ? JsonSerializer.Deserialize(json, ReplyJson.Default.ReplyRecord)
            : null;

    public Task KeepAsync(string incidentId, ReplyRecord record, CancellationToken cancellationToken)
        => documents.PutAsync(Key(incidentId, record.ReplyId), JsonSerializer.SerializeToUtf8Bytes(record, ReplyJson.Default.ReplyRecord), cancellationToken);

    /// <summary>Playbooks that anyone who may review called useful, in order of their names.</summary>
    public async Task<IReadOnlyList<string>> HelpedAsync(string incidentId, CancellationToken cancellationToken)
    {
        SortedSet<string> helped = new(StringComparer.Ordinal);
        foreach (var key in await documents.ListAsync(DocumentKeys.Replies(incidentId), cancellationToken))
        {
            if (await documents.GetAsync(key, cancellationToken) is { } json && JsonSerializer.Deserialize(json, ReplyJson.Default.ReplyRecord) is { } record)
            {
                helped.UnionWith(record.Helped);
            }
        }

        return [.. helped];
    }

    /// <summary>The outcome with all that was called useful.</summary>
    public async Task<Outcome> AddedToAsync(Outcome outcome, CancellationToken cancellationToken)
        => outcome with { Helped = [.. outcome.Helped.Union(await HelpedAsync(outcome.IncidentId, cancellationToken)).Order(StringComparer.Ordinal)] };

    // The id is a foreign system's and may hold what a key may not.
    private static string Key(string incidentId, string replyId)
        => $"{DocumentKeys.Replies(incidentId)}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(replyId)))[..32]}.json";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReplyRecord))]
internal sealed partial class ReplyJson : JsonSerializerContext;
