namespace Aiops.Accuracy.LogPatterns;

/// <summary>A labelled log made up from a seed: for everywhere that the public ones are absent.</summary>
/// <remarks>
/// Sentences of random words with numbers, addresses, names of hosts, users and states in them; rare events and frequent
/// ones; pairs that one word tells apart; some only in the second half.
/// </remarks>
internal static class SyntheticLog
{
    private const int Events = 60;
    private const double NewShare = 0.2;
    private const int TwinDistance = 7;

    private static readonly string[] Words =
    [
        "session", "opened", "closed", "block", "replica", "lease", "renewed", "failed", "retrying", "queue", "drained", "worker",
        "started", "shutdown", "checkpoint", "written", "index", "rebuilt", "cache", "evicted", "entries", "timeout", "waiting",
        "lock", "released", "acquired", "transaction", "rolled", "back", "committed", "snapshot", "taken", "leader", "elected",
        "partition", "moved", "rebalanced", "token", "expired", "certificate", "loaded", "disk", "volume", "mounted", "read",
        "write", "error", "connection", "refused", "accepted", "request", "served", "response", "sent", "dropped", "packet",
    ];

    private static readonly string[] Users =
        ["alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy", "mallory", "oscar"];

    private static readonly string[] Hosts =
        ["db.example.org", "cache.example.org", "web.example.org", "10.1.2.3", "192.168.0.17"];

    public static LabelledLog Generate(int seed, int lines)
    {
        var random = new Random(seed);
        List<Func<string>[]> templates = [.. Enumerable.Range(0, Events).Select(_ => Template(random))];
        for (var twin = 1; twin < Events; twin += TwinDistance)
        {
            templates[twin] = Twin(templates[twin - 1], random);
        }

        List<string> messages = [];
        List<string> events = [];
        for (var i = 0; i < lines; i++)
        {
            var known = i < lines / 2 ? (int)(Events * (1 - NewShare)) : Events;
            var template = (int)(known * Math.Pow(random.NextDouble(), 2)); // Some are far more frequent than others.
            messages.Add(string.Join(' ', templates[template].Select(part => part())));
            events.Add($"E{template}");
        }

        return new LabelledLog($"seed {seed}", messages, events, []);
    }

    private static Func<string>[] Template(Random random)
    {
        List<Func<string>> parts = [];
        foreach (var word in random.GetItems(Words, random.Next(4, 9)).Distinct())
        {
            parts.Add(() => word);
            if (random.NextDouble() < 0.3)
            {
                parts.Add(Variable(random));
            }
        }

        return [.. parts];
    }

    /// <summary>The same but for its first word: another event.</summary>
    private static Func<string>[] Twin(Func<string>[] template, Random random)
    {
        var word = Words[random.Next(Words.Length)];
        return [() => $"{word}-ed", .. template[1..]];
    }

    private static Func<string> Variable(Random random) => random.Next(7) switch
    {
        0 => () => $"{random.Next(100_000)}",
        1 => () => $"in {random.Next(1, 900)} ms",
        2 => () => $"size={random.Next(1, 64) * 1024},",
        3 => () => $"id={random.Next():x8}",
        4 => () => random.Next(2) == 0 ? $"{random.Next(1_024)} bytes" : $"{random.Next(9_999)} bytes ({random.Next(1, 9)}.5 KB)",
        5 => () => Hosts[random.Next(Hosts.Length)],
        _ => () => $"for user {Users[random.Next(Users.Length)]}",
    };
}
