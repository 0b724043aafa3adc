using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.RootCauses;
using Aiops.Analysis.Telemetry;
using Aiops.Analysis.Topology;
using Aiops.Analysis.Traces;

namespace Aiops.Tests.Analysis.RootCauses;

/// <summary>What is done to a component while the incident lasts.</summary>
public enum RequestFault
{
    None,

    /// <summary>It logs an exception and fails; its callers log that and give up.</summary>
    Exception,

    /// <summary>It answers too early: its last line doesn't come, and nobody complains.</summary>
    EarlyReturn,

    /// <summary>It is gone: its callers log what they always log when nobody answers, and give up.</summary>
    Down,

    /// <summary>It computes four times as long.</summary>
    Processor,

    /// <summary>What is sent to it arrives late.</summary>
    Delay,
}

/// <summary>
/// Requests of three kinds through six services, each with its spans and log lines, all from one seed. The mix of the kinds
/// differs between the two periods, and in both a rare call finds nobody at home.
/// </summary>
/// <param name="requests">In each of the two periods.</param>
/// <param name="lost">The share of the log lines, and of the traces, that never arrive.</param>
internal sealed class SimulatedRequests(int seed, RequestFault fault, string faulty, int requests = 90, double lost = 0)
{
    private const long Millisecond = 1_000_000;
    private const double NobodyHome = 0.01;

    private static readonly Dictionary<string, string[]> Callees = new()
    {
        ["shop"] = ["stock", "price"],
        ["cart"] = ["price", "users"],
        ["order"] = ["stock", "users", "bank"],
    };

    private static readonly string[] Kinds = [.. Callees.Keys];

    private readonly Random random = new(seed);
    private readonly Random losses = new(-seed);
    private readonly LogPatternTally logs = new(Samples.Baseline, Samples.Incident);
    private readonly SpanCondenser spans = new(Samples.Baseline, Samples.Incident);
    private bool isIncident;
    private string trace = "";
    private bool isTraced;
    private int ids;

    public static IEnumerable<string> Services => Callees.Values.SelectMany(callees => callees).Concat(Callees.Keys).Distinct();

    public RootCauseRanking Rank(bool withLogs = true, bool withTraces = true)
    {
        Run(Samples.Baseline.Start, [0.6, 0.3, 0.1]);
        isIncident = true;
        Run(Samples.Incident.Start, [0.2, 0.4, 0.4]);
        return RootCauseEngine.Rank(new RootCauseCase
        {
            Incident = Samples.Incident,
            Baseline = Samples.Baseline,
            Logs = withLogs ? logs.Compare() : [],
            Sequences = withLogs ? logs.CompareSequences() : [],
            Traces = withTraces ? spans.Condense() : [],
            Topology = new ServiceGraph([], Callees.SelectMany(pair => pair.Value.Select(callee => new Call(pair.Key, callee)))),
        });
    }

    private void Run(DateTimeOffset from, double[] mix)
    {
        for (var i = 0; i < requests; i++)
        {
            var draw = random.NextDouble();
            var kind = draw < mix[0] ? 0 : draw < mix[0] + mix[1] ? 1 : 2;
            trace = $"{ids++:x32}";
            isTraced = losses.NextDouble() >= lost;
            Serve(Kinds[kind], "", from.AddSeconds(30 * i).ToUnixTimeMilliseconds() * Millisecond);
        }
    }

    private (long End, bool Failed) Serve(string service, string parent, long start)
    {
        var isFaulty = isIncident && service == faulty;
        var span = $"{ids++:x16}";
        var at = start + Work(service);
        Log(at, service, "INFO", $"{service} takes request {ids}");
        var failed = isFaulty && fault == RequestFault.Exception;
        if (failed)
        {
            Log(at += Millisecond, service, "ERROR", $"{service} gives up: java.lang.IllegalArgumentException: bad id {ids}");
        }

        foreach (var callee in failed ? [] : Callees.GetValueOrDefault(service, []))
        {
            (at, failed) = Call(service, callee, span, at);
            if (failed)
            {
                Log(at += Millisecond, service, "ERROR", $"{service} can't go on with {ids}: NoAnswerException");
                break;
            }

            Log(at += Millisecond, service, "INFO", $"{service} heard from {callee} of {ids}");
        }

        at += Work(service);
        if (!failed && !(isFaulty && fault == RequestFault.EarlyReturn))
        {
            Log(at, service, "INFO", $"{service} answers {ids} as asked");
        }

        Record(new Span(trace, span, parent, service, "serve", start, at, Failed: false));
        return (at, failed);
    }

    private (long At, bool Failed) Call(string caller, string callee, string parent, long start)
    {
        if (random.NextDouble() < NobodyHome || (isIncident && callee == faulty && fault == RequestFault.Down))
        {
            return (start + Millisecond, true);
        }

        var call = $"{ids++:x16}";
        var way = (long)((1 + random.NextDouble()) * Millisecond) + (isIncident && callee == faulty && fault == RequestFault.Delay ? 80 * Millisecond : 0);
        var (end, failed) = Serve(callee, call, start + way);
        Record(new Span(trace, call, parent, caller, $"call {callee}", start, end + way, Failed: false));
        return (end + way, failed);
    }

    private long Work(string service)
        => (long)((4 + (4 * random.NextDouble())) * Millisecond * (isIncident && service == faulty && fault == RequestFault.Processor ? 4 : 1));

    private void Record(in Span span)
    {
        if (isTraced)
        {
            spans.Add(span);
        }
    }

    private void Log(long at, string service, string severity, string body)
    {
        if (losses.NextDouble() >= lost)
        {
            logs.Add(new LogRecord(at, service, severity, body, trace));
        }
    }
}
