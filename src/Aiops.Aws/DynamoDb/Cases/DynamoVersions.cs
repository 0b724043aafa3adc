using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aiops.Pipeline.Learn;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Aiops.Aws.DynamoDb.Cases;

/// <summary>Versioned records in the single table: one item a record as it stands, one for each that it replaced.</summary>
/// <param name="prefix">Of the sort keys: <c>CASE#</c>, <c>DOCUMENT#</c>.</param>
/// <param name="content">The attribute that holds what the record says.</param>
internal sealed class DynamoVersions<T>(DynamoTable table, string prefix, string earlierPrefix, string content, JsonTypeInfo<T> type)
{
    private const string Version = "CaseVersion", Status = "CaseStatus", Change = "Change";

    /// <summary>What the record came to, or is as it was where the edit changed nothing; null where it wanted nothing.</summary>
    public async Task<Versioned<T>?> ChangeAsync(string scope, string id, VersionedEdit<T> edit, KnowledgeChange change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var known = await FindAsync(scope, id, cancellationToken);
            if (edit(known) is not { } wanted)
            {
                return null;
            }

            if (Versions.After(known, id, wanted.Content, wanted.Status, change, Same) is not { } next)
            {
                return known;
            }

            if (known is not null) // Says the same whoever writes it, so it may be written before it is known who wins.
            {
                await table.PutAllAsync([Write(EarlierKey(scope, id, known.Version), known with { Status = CaseStatus.Superseded })], cancellationToken);
            }

            var unchanged = known is null ? Condition.Absent : Condition.Of($"{Version} = :version", (":version", Attributes.Number(known.Version)));
            if (await table.PutAsync(Write(Key(scope, id), next), unchanged, cancellationToken))
            {
                return next;
            }
        }
    }

    public async Task<Versioned<T>?> FindAsync(string scope, string id, CancellationToken cancellationToken)
        => await table.GetAsync(Key(scope, id), cancellationToken) is { } item ? Read(item) : null;

    /// <summary>Those of them that exist, as they stand now, in no promised order.</summary>
    public async Task<IReadOnlyList<Versioned<T>>> FindAsync(string scope, IEnumerable<string> ids, CancellationToken cancellationToken)
        => [.. (await table.GetAsync(ids.Select(id => Key(scope, id)), cancellationToken)).Values.Select(Read)];

    /// <summary>Every version, the first one first.</summary>
    public async Task<IReadOnlyList<Versioned<T>>> HistoryAsync(string scope, string id, CancellationToken cancellationToken)
    {
        // First how it stands: what is replaced meanwhile is then read among the earlier ones, and left out here.
        if (await FindAsync(scope, id, cancellationToken) is not { } now)
        {
            return [];
        }

        List<Versioned<T>> all = [];
        await foreach (var item in table.QueryAsync(TableKeys.Cases(scope), $"{earlierPrefix}{id}#", null, cancellationToken))
        {
            if (item["SK"].S == EarlierKey(scope, id, item.FindNumber(Version)).Sort && item.FindNumber(Version) < now.Version)
            {
                all.Add(Read(item) with { Id = id });
            }
        }

        return [.. all, now];
    }

    /// <summary>In ordinal order of their ids.</summary>
    public async Task<IReadOnlyList<Versioned<T>>> AllAsync(string scope, CancellationToken cancellationToken)
    {
        List<Versioned<T>> all = [];
        await foreach (var item in table.QueryAsync(TableKeys.Cases(scope), prefix, null, cancellationToken))
        {
            all.Add(Read(item));
        }

        return [.. all.OrderBy(one => one.Id, StringComparer.Ordinal)];
    }

    /// <summary>Each change makes one record's version one larger, and no record is ever deleted: so their sum is a version of them all.</summary>
    public Task<long> SumOfVersionsAsync(string scope, CancellationToken cancellationToken)
        => table.SumAsync(TableKeys.Cases(scope), prefix, Version, cancellationToken);

    private ItemKey Key(string scope, string id) => new(TableKeys.Cases(scope), $"{prefix}{id}");

    private ItemKey EarlierKey(string scope, string id, long version) => new(TableKeys.Cases(scope), $"{earlierPrefix}{id}#{version:D9}");

    private bool Same(T one, T other) => JsonSerializer.Serialize(one, type) == JsonSerializer.Serialize(other, type);

    private Item Write(ItemKey key, Versioned<T> record)
    {
        var item = key.ToItem();
        item[Version] = Attributes.Number(record.Version);
        item[Status] = Attributes.Text(record.Status.ToString());
        item[content] = Packed.Attribute(record.Content, type);
        if (record.Change is { } change)
        {
            item[Change] = Attributes.Text(JsonSerializer.Serialize(change, CaseJson.Default.KnowledgeChange));
        }

        return item;
    }

    private Versioned<T> Read(Item item) => new(
        item["SK"].S[prefix.Length..],
        Packed.Read(item[content], type),
        item.FindNumber(Version),
        Enum.Parse<CaseStatus>(item[Status].S),
        item.FindText(Change) is { } change ? JsonSerializer.Deserialize(change, CaseJson.Default.KnowledgeChange) : null);
}
