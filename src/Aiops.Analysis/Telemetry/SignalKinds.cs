namespace Aiops.Analysis.Telemetry;

/// <summary>
/// Tells what a metric measures from the words in its name and its unit, in the vocabulary that OpenTelemetry, CloudWatch
/// and operators in general use. A name that says nothing known is <see cref="SignalKind.Other"/>.
/// </summary>
/// <remarks>
/// The first rule that matches wins, most telling first: <c>SuccessfulRequestLatency</c> is a latency, not a success;
/// <c>ThrottledRequests</c> are errors, not traffic.
/// </remarks>
public static class SignalKinds
{
    private static readonly string[] Latency =
        ["latency", "duration", "delay", "lag", "elapsed", "age", "rtt", "responsetime", "ttfb", "iteratorage", "turnaround"];

    private static readonly string[] Errors =
    [
        "error", "fault", "fail", "exception", "throttl", "reject", "drop", "5xx", "4xx", "timeout", "deadletter", "dlq",
        "abort", "crash", "oom", "retransmit", "refused", "denied", "evict", "restart", "panic", "deadlock", "discard", "lost", "loss",
    ];

    private static readonly string[] Availability = ["availability", "available", "uptime", "healthy", "apdex"];

    private static readonly string[] Saturation =
    [
        "cpu", "memory", "mem", "heap", "disk", "utilization", "utilisation", "usage", "used", "connections", "queue", "queued", "depth",
        "backlog", "pending", "inflight", "waiting", "concurrent", "thread", "threads", "pool", "saturation", "load", "swap", "visible",
        "occupancy", "filesystem", "storage", "burn", "pressure",
    ];

    private static readonly string[] Traffic =
    [
        "request", "invocation", "throughput", "workload", "traffic", "bytes", "packets", "rps", "qps", "tps", "ops", "calls", "hits", "sent",
        "received", "receive", "transmit", "deleted", "consumed", "processed", "messages", "transactions", "orders", "visits", "count",
        "iops", "network", "io", "syscall", "operations", "queries", "reads", "writes", "read", "write",
    ];

    private static readonly string[] Shares = ["rate", "ratio", "percent", "percentage", "share", "pct"];

    private static readonly string[] Reserves = ["free", "freeable", "remaining", "balance", "headroom", "idle"];

    /// <param name="unit">UCUM as OpenTelemetry writes it, or the sender's own word; may be empty.</param>
    public static SignalKind Of(string name, string unit)
    {
        if (name.Contains("unhealthy", StringComparison.OrdinalIgnoreCase)) // CloudWatch writes UnHealthyHostCount.
        {
            return SignalKind.Errors;
        }

        var words = Words(name);
        if (words.Any(word => Availability.Contains(word)) && !words.Any(word => Reserves.Contains(word) || word is "memory" or "storage" or "bytes"))
        {
            return SignalKind.Availability;
        }

        if (words.Any(word => Latency.Contains(word)) || (words.Contains("time") && IsTime(unit)) || IsResponseTime(words))
        {
            return SignalKind.Latency;
        }

        if (words.Any(word => word.StartsWith("success", StringComparison.Ordinal)) && (words.Any(word => Shares.Contains(word)) || unit is "%" or "1" or "Percent"))
        {
            return SignalKind.Availability;
        }

        if (words.Any(word => Errors.Any(stem => word.StartsWith(stem, StringComparison.Ordinal))))
        {
            return SignalKind.Errors;
        }

        if (words.Contains("running") || words.Contains("ready") || words.Contains("replicas"))
        {
            return SignalKind.Availability; // Tasks and pods that are up: fewer is worse.
        }

        if (words.Any(word => Reserves.Contains(word)))
        {
            return SignalKind.Other; // A reserve harms downwards, and a full one says nothing.
        }

        if (words.Any(word => Saturation.Contains(word)))
        {
            return SignalKind.Saturation;
        }

        return words.Any(word => Traffic.Any(stem => word == stem || word == stem + "s")) || unit is "{request}" or "{message}" or "By/s"
            ? SignalKind.Traffic
            : SignalKind.Other;
    }

    /// <summary>Whether it is measured where calls go out, as in OTel's <c>http.client.request.duration</c>: it then speaks of those called.</summary>
    public static bool IsOfClient(string name) => Words(name).Exists(word => word is "client" or "outbound" or "upstream");

    private static bool IsTime(string unit)
        => unit is "s" or "ms" or "us" or "ns" or "Seconds" or "Milliseconds" or "Microseconds";

    private static bool IsResponseTime(List<string> words)
    {
        var time = words.IndexOf("time");
        return time > 0 && words[time - 1] is "response" or "wait" or "processing" or "service" or "query" or "execution";
    }

    /// <summary>The words of a name, lower case: cut at signs, and where a small letter meets a capital.</summary>
    private static List<string> Words(string name)
    {
        List<string> words = [];
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            var cut = i == name.Length || !char.IsLetterOrDigit(name[i])
                || (char.IsUpper(name[i]) && char.IsLower(name[i - 1]))
                || (char.IsUpper(name[i]) && char.IsUpper(name[i - 1]) && i + 1 < name.Length && char.IsLower(name[i + 1]) && name[i + 1] != 's');
            if (!cut)
            {
                continue;
            }

            while (start < i && !char.IsLetterOrDigit(name[start]))
            {
                start++;
            }

            if (i > start)
            {
                words.Add(name[start..i].ToLowerInvariant());
            }

            start = i;
        }

        return words;
    }
}
