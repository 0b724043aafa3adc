namespace Aiops.Analysis.Storms;

/// <summary>The words of an alarm's name that say which system it is about, lower case; words that any alarm uses are left out.</summary>
public static class AlarmWords
{
    private const int Shortest = 3;
    private const int Most = 12;

    /// <summary>Monitoring's own vocabulary, environments and kinds of resource: they repeat across systems that share nothing.</summary>
    private static readonly HashSet<string> Common = new(StringComparer.Ordinal)
    {
        "alarm", "alarms", "alert", "alerts", "anomaly", "above", "below", "high", "low", "too", "many", "much", "rate", "ratio", "count",
        "error", "errors", "fault", "faults", "failed", "failure", "failures", "fail", "fails", "exception", "exceptions", "warning",
        "critical", "latency", "duration", "slow", "time", "timeout", "timeouts", "response", "request", "requests", "throttle",
        "throttles", "throttled", "throttling", "cpu", "memory", "disk", "usage", "used", "utilization", "utilisation", "percent", "pct",
        "average", "avg", "max", "min", "sum", "p50", "p90", "p95", "p99", "5xx", "4xx", "http", "https", "down", "unhealthy", "healthy",
        "host", "hosts", "status", "check", "target", "targets", "queue", "table", "database", "cluster", "instance", "function",
        "lambda", "rds", "ecs", "eks", "ec2", "sqs", "sns", "elb", "alb", "nlb", "dynamodb", "api", "service", "services", "svc", "app",
        "server", "worker", "backend", "frontend", "web", "pod", "container", "node", "prod", "production", "staging", "stage", "test",
        "dev", "live", "aws", "the", "and", "for", "with", "than", "over", "under", "from", "not", "has", "been", "are", "was", "state",
        "budget", "burn", "slo", "connections", "connection", "connect", "depth", "age", "message", "messages", "missing", "data", "insight",
        "east", "west", "north", "south", "central", "metric", "metrics", "minute", "minutes", "last", "per", "size", "free", "space",
    };

    /// <summary>Splits at anything but letters and digits, and where camel case begins a word; digits at a word's end are an ordinal.</summary>
    public static IEnumerable<string> In(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return [];
        }

        SortedSet<string> words = new(StringComparer.Ordinal);
        var start = 0;
        for (var i = 0; i <= name.Length && words.Count < Most; i++)
        {
            if (i < name.Length && char.IsLetterOrDigit(name[i]) && !BeginsWord(name, i))
            {
                continue;
            }

            Add(name.AsSpan(start, i - start));
            start = i < name.Length && char.IsLetterOrDigit(name[i]) ? i : i + 1;
        }

        return words;

        void Add(ReadOnlySpan<char> part)
        {
            var word = part.TrimEnd("0123456789").ToString().ToLowerInvariant();
            if (word.Length >= Shortest && !Common.Contains(word) && !Common.Contains(part.ToString().ToLowerInvariant()))
            {
                words.Add(word);
            }
        }
    }

    private static bool BeginsWord(string name, int i)
        => i > 0 && char.IsUpper(name[i]) && (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsUpper(name[i - 1]) && char.IsLower(name[i + 1])));
}
