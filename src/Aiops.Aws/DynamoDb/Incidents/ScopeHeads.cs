using System.Collections.Concurrent;
using System.Security.Cryptography;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Scopes;
using Item = System.Collections.Generic.Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>;

namespace Aiops.Aws.DynamoDb.Incidents;

/// <summary>
/// The versioned item of each scope: its head and the note of its last commit. A commit is one conditional write of that
/// item; the note is carried out before anyone reads the scope's other items, so whoever commits next has seen all of it.
/// </summary>
internal sealed class ScopeHeads(DynamoTable table, CommitWriter writer, TimeSpan helpAfter)
{
    /// <summary>What the item may weigh: DynamoDB's 400 KB less its keys and names.</summary>
    public const int MostBytes = 390_000;

    private const int ChunkBytes = 380_000;

    /// <summary>A note that is gone was carried out a moment ago, which the next look shows; so often, it is lost.</summary>
    private const int MostLooksWithoutNote = 3;

    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(160);

    private readonly ConcurrentDictionary<string, (long Version, ScopeHead Head)> seen = new(StringComparer.Ordinal);
    private readonly string author = RandomNumberGenerator.GetHexString(16, lowercase: true);
    private int commits;

    /// <summary>The scope's version and head, everything of it carried out. Version 0 where nothing was committed.</summary>
    /// <exception cref="InvalidDataException">Its last commit isn't carried out, and the note of it is gone.</exception>
    public async Task<(long Version, ScopeHead Head)> ReadAsync(string scope, CancellationToken cancellationToken)
    {
        var (item, done) = await LookAsync(scope, cancellationToken);
        var (missing, looks) = ("", 0);
        for (var (patience, waited) = (FirstLook, TimeSpan.Zero); item is not null && done < Version(item);)
        {
            if (waited >= helpAfter)
            {
                if (await NoteAsync(scope, item, cancellationToken) is { } note)
                {
                    await CarryOutAsync(scope, Version(item), note, cancellationToken);
                    await table.DeleteAllAsync(ChunkKeys(scope, item), cancellationToken);
                    break;
                }

                (missing, looks) = (item["Commit"].S, missing == item["Commit"].S ? looks + 1 : 1);
                if (looks == MostLooksWithoutNote)
                {
                    throw new InvalidDataException($"The commit {Version(item)} of the scope '{scope}' isn't carried out, and its note is gone.");
                }
            }

            await Task.Delay(patience, table.Time, cancellationToken); // Its author is most likely at it.
            (waited, patience) = (waited + patience, patience < LongestLook ? patience * 2 : LongestLook);
            (item, done) = await LookAsync(scope, cancellationToken);
        }

        return item is null ? (0, ScopeHead.Empty) : (Version(item), Head(scope, item));
    }

    /// <summary>False where the scope is no longer at that version; nothing was written.</summary>
    public async Task<bool> CommitAsync(string scope, long expected, ScopeHead head, CommitNote note, CancellationToken cancellationToken)
    {
        var commit = $"{author}-{Interlocked.Increment(ref commits)}";
        var packedHead = Packed.Bytes(head, IntakeJson.Default.ScopeHead);
        var packedNote = Packed.Bytes(note, StoreJson.Default.CommitNote);
        var item = TableKeys.Head(scope).ToItem();
        item["Version"] = Attributes.Number(expected + 1);
        item["Commit"] = Attributes.Text(commit);
        item["Head"] = Packed.Attribute(packedHead);
        byte[][] chunks = packedHead.Length + packedNote.Length <= MostBytes ? [] : [.. packedNote.Chunk(ChunkBytes)];
        if (chunks.Length == 0)
        {
            item["Note"] = Packed.Attribute(packedNote);
        }

        item["Chunks"] = Attributes.Number(chunks.Length);
        if (expected == 0)
        {
            var known = TableKeys.Scope(scope).ToItem(); // Before the head, so that a sweep finds every scope that has one.
            known["Scope"] = Attributes.Text(scope);
            await table.PutAllAsync([known], cancellationToken);
        }

        foreach (var (number, chunk) in chunks.Index())
        {
            await table.PutAllAsync([Chunk(scope, commit, number, chunk)], cancellationToken);
        }

        var condition = expected == 0 ? Condition.Absent : Condition.Of("Version = :expected", (":expected", Attributes.Number(expected)));
        if (!await table.PutAsync(item, condition, cancellationToken) && !await IsOursAsync(scope, commit, cancellationToken))
        {
            await table.DeleteAllAsync(ChunkKeys(scope, commit, chunks.Length), cancellationToken);
            return false;
        }

        await CarryOutAsync(scope, expected + 1, note, cancellationToken);
        await table.DeleteAllAsync(ChunkKeys(scope, commit, chunks.Length), cancellationToken);
        Remember(scope, expected + 1, head);
        return true;
    }

    // Doing it twice, or by two at a time, is harmless: no write passes over an item that this version or a later one wrote.
    private async Task CarryOutAsync(string scope, long version, CommitNote note, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(scope, version, note, cancellationToken);
        await table.UpdateAsync(
            TableKeys.Done(scope), "SET Version = :v", Condition.Of("attribute_not_exists(Version) OR Version < :v", (":v", Attributes.Number(version))), cancellationToken);
    }

    private async Task<(Item? Head, long Done)> LookAsync(string scope, CancellationToken cancellationToken)
    {
        var (headKey, doneKey) = (TableKeys.Head(scope), TableKeys.Done(scope));
        var found = await table.GetAsync([headKey, doneKey], cancellationToken);
        return (found.GetValueOrDefault(headKey), found.GetValueOrDefault(doneKey)?.FindNumber("Version") ?? 0);
    }

    // Null where its chunks are gone: its author carried it out while we looked.
    private async Task<CommitNote?> NoteAsync(string scope, Item item, CancellationToken cancellationToken)
    {
        if (item.TryGetValue("Note", out var note))
        {
            return Packed.Read(note, StoreJson.Default.CommitNote);
        }

        var keys = ChunkKeys(scope, item).ToList();
        var chunks = await table.GetAsync(keys, cancellationToken);
        return chunks.Count < keys.Count ? null
            : Packed.Read([.. keys.SelectMany(key => chunks[key]["Data"].B.ToArray())], StoreJson.Default.CommitNote);
    }

    // The SDK sends a write again whose answer was lost, and the second one meets the first.
    private async Task<bool> IsOursAsync(string scope, string commit, CancellationToken cancellationToken)
        => (await table.GetAsync(TableKeys.Head(scope), cancellationToken))?.FindText("Commit") == commit;

    private ScopeHead Head(string scope, Item item)
    {
        var version = Version(item);
        if (seen.TryGetValue(scope, out var known) && known.Version == version)
        {
            return known.Head;
        }

        var head = Packed.Read(item["Head"], IntakeJson.Default.ScopeHead);
        Remember(scope, version, head);
        return head;
    }

    private void Remember(string scope, long version, ScopeHead head)
        => seen.AddOrUpdate(scope, (version, head), (_, known) => known.Version > version ? known : (version, head));

    // Without a time to live: once the head is written, they are the only copy of what was committed.
    private static Item Chunk(string scope, string commit, int number, byte[] data)
    {
        var item = TableKeys.NoteChunk(scope, commit, number).ToItem();
        item["Data"] = Packed.Attribute(data);
        return item;
    }

    private static IEnumerable<ItemKey> ChunkKeys(string scope, Item head) => ChunkKeys(scope, head["Commit"].S, (int)head.FindNumber("Chunks"));

    private static IEnumerable<ItemKey> ChunkKeys(string scope, string commit, int count)
        => Enumerable.Range(0, count).Select(number => TableKeys.NoteChunk(scope, commit, number));

    private static long Version(Item item) => item.FindNumber("Version");
}
