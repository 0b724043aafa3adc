namespace Aiops.Local.Recordings.Reading;

/// <summary>One string for each distinct text, so that a million lines of ten components hold ten names.</summary>
internal sealed class StringPool
{
    private const int Capacity = 65_536; // A file whose "component" differs on every line must not fill the memory.

    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup;

    public StringPool() => lookup = known.GetAlternateLookup<ReadOnlySpan<char>>();

    public string Intern(scoped ReadOnlySpan<char> text)
    {
        if (text.Length == 0)
        {
            return "";
        }

        if (lookup.TryGetValue(text, out var found))
        {
            return found;
        }

        var fresh = text.ToString();
        if (known.Count < Capacity)
        {
            known.Add(fresh);
        }

        return fresh;
    }
}

/// <summary>Ids seen lately: a trace's spans lie close together and name the same trace and parents again and again.</summary>
internal sealed class RecentIds
{
    private const int Slots = 8_192;

    private readonly string?[] slots = new string?[Slots];

    public string Intern(scoped ReadOnlySpan<char> id)
    {
        if (id.Length == 0)
        {
            return "";
        }

        ref var slot = ref slots[string.GetHashCode(id, StringComparison.Ordinal) & (Slots - 1)];
        return slot is not null && id.SequenceEqual(slot) ? slot : slot = id.ToString();
    }
}
