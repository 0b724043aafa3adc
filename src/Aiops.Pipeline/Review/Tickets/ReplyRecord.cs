using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aiops.Pipeline.Review.Tickets;

/// <summary>What was done because of one reply: it is done once, and answered as often as it takes.</summary>
/// <param name="Outcome">The review that it gave; null where it gave none.</param>
/// <param name="Helped">Playbooks that it called useful.</param>
/// <param name="Answer">Markdown, as answered below it; empty where nothing is.</param>
public sealed record ReplyRecord(
    string ReplyId, string Author, DateTimeOffset At, Outcome? Outcome, IReadOnlyList<string> Helped, string Answer)
{
    /// <summary>How bad it was, as it said; null where it didn't.</summary>
    public Severity? Severity { get; init; }
}

/// <summary>Replies acted on, a document each: no two writers meet in one, and none is lost.</summary>
public sealed class ReplyRecords(IDocumentStore documents)
{
    public async Task<ReplyRecord?> FindAsync(string incidentId, string replyId, CancellationToken cancellationToken)
        => await documents.GetAsync(Key(incidentId, replyId), cancellationToken) is { } json
            ? JsonSerializer.Deserialize(json, ReplyJson.Default.ReplyRecord)
            : null;

    public Task KeepAsync(string incidentId, ReplyRecord record, CancellationToken cancellationToken)
        => documents.PutAsync(Key(incidentId, record.ReplyId), JsonSerializer.SerializeToUtf8Bytes(record, ReplyJson.Default.ReplyRecord), cancellationToken);

    /// <summary>The outcome with all that was called useful, and with the severity that was said last.</summary>
    public async Task<Outcome> AddedToAsync(Outcome outcome, CancellationToken cancellationToken)
    {
        var said = await AllAsync(outcome.IncidentId, cancellationToken);
        var severe = said.Where(record => record.Severity is not null).MaxBy(record => record.At);
        return outcome with
        {
            Helped = [.. outcome.Helped.Union(said.SelectMany(record => record.Helped)).Order(StringComparer.Ordinal)],
            Severity = severe is not null && (outcome.Severity is null || severe.At >= outcome.At) ? severe.Severity : outcome.Severity,
        };
    }

    /// <summary>How many replies of the author, whether or not they were answered, in the day before the time.</summary>
    public async Task<int> OfDayAsync(string incidentId, string author, DateTimeOffset at, CancellationToken cancellationToken)
        => (await AllAsync(incidentId, cancellationToken)).Count(record => record.Author == author && record.At > at.AddDays(-1) && record.At <= at);

    private async Task<List<ReplyRecord>> AllAsync(string incidentId, CancellationToken cancellationToken)
    {
        List<ReplyRecord> records = [];
        foreach (var key in await documents.ListAsync(DocumentKeys.Replies(incidentId), cancellationToken))
        {
            if (await documents.GetAsync(key, cancellationToken) is { } json && JsonSerializer.Deserialize(json, ReplyJson.Default.ReplyRecord) is { } record)
            {
                records.Add(record);
            }
        }

        return records;
    }

    // The id is a foreign system's and may hold what a key may not.
    private static string Key(string incidentId, string replyId)
        => $"{DocumentKeys.Replies(incidentId)}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(replyId)))[..32]}.json";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReplyRecord))]
internal sealed partial class ReplyJson : JsonSerializerContext;
