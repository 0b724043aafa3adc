using System.Diagnostics;
using Aiops.Aws.Tests.Runtime;

namespace Aiops.Benchmarks;

/// <summary>
/// What a function's first answer costs, from the start of its process, and a warm one: <c>-- coldstart [HANDLER…]</c>. Each is
/// published as plain IL and ReadyToRun, and ahead of time where the runtime pack for that can be had, and started against a Runtime
/// API and empty AWS services in this process, the builds in turns so that a busy machine is unjust to all alike.
/// </summary>
internal static class ColdStartBenchmark
{
    private const int Starts = 11;
    private const int WarmEvents = 100;
    private const double Bar = 1.5; // ReadyToRun Intake against the bare bootstrap.

    private static readonly (string Name, string[] Properties)[] Builds =
    [
        ("JIT", []),
        ("ReadyToRun", ["-r", "linux-x64", "--self-contained", "false", "-p:PublishReadyToRun=true"]),
        ("AOT", ["-r", "linux-x64", "-p:PublishAot=true"]),
    ];

    public static async Task RunAsync(string[] handlers)
    {
        await using var peer = await ColdStartPeer.StartAsync();
        var published = await PublishAsync();
        Console.WriteLine($"{"handler",-16} {"build",-11} {"cold ms",8} {"(min",7} {"max)",7} {"to bare",8} {"warm ms",8}  answer, and what it asked of AWS first");
        var bare = new Dictionary<string, double>();
        foreach (var handler in ColdStartHandler.Ours.Where(handler => handlers.Length == 0 || handlers.Contains(handler.Handler)).Prepend(ColdStartHandler.Bare))
        {
            var builds = Builds.Where(build => published.ContainsKey((handler.Project, build.Name))).ToList();
            var runs = builds.ToDictionary(build => build.Name, _ => new List<Run>());
            for (var start = 0; start < Starts; start++)
            {
                foreach (var build in builds)
                    runs[build.Name].Add(await StartAsync(published[(handler.Project, build.Name)], handler, peer));
            }

            foreach (var (build, each) in runs)
            {
                var cold = Median(each.Select(run => run.Cold));
                if (handler == ColdStartHandler.Bare)
                    bare[build] = cold;
                Print(handler.Handler, build, each, cold, cold / bare[build]);
            }

            if (handler.Handler == "Intake" && runs.TryGetValue("ReadyToRun", out var intake))
            {
                var ratio = Median(intake.Select(run => run.Cold)) / bare["ReadyToRun"];
                Console.WriteLine($"{"",-16} ReadyToRun Intake is {ratio:0.00} times the bare bootstrap; the bar is {Bar}: {(ratio <= Bar ? "met" : "MISSED")}");
            }
        }
    }

    private static async Task<Dictionary<(string Project, string Build), string>> PublishAsync()
    {
        var published = new Dictionary<(string, string), string>();
        foreach (var project in new[] { ColdStartHandler.Bare.Project, ColdStartHandler.Ours[0].Project })
        {
            foreach (var (name, properties) in Builds)
            {
                try
                {
                    var assembly = await PublishedFunctions.AssemblyOfAsync(project, properties);
                    published[(project, name)] = name == "AOT" ? Path.ChangeExtension(assembly, null) : assembly;
                }
                catch (InvalidOperationException e) when (name == "AOT")
                {
                    var why = e.Message.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? e.Message;
                    Console.WriteLine($"{project}: not ahead of time here: {why[(why.IndexOf("error", StringComparison.Ordinal) + 6)..].Trim()}");
                }
            }
        }

        return published;
    }

    private static async Task<Run> StartAsync(string assembly, ColdStartHandler handler, ColdStartPeer peer)
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        peer.Forget();
        var first = api.InvokeAsync(handler.Event(0));
        var watch = Stopwatch.StartNew();
        await using var process = FunctionProcess.Start(assembly, handler.Handler, api, Environment(peer));
        var outcome = await first;
        var cold = watch.Elapsed.TotalMilliseconds;
        var asked = string.Join(' ', peer.Asked.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}×{one.Value}"));

        var warm = new List<double>();
        for (var number = 1; number <= WarmEvents; number++)
        {
            var start = Stopwatch.GetTimestamp();
            await api.InvokeAsync(handler.Event(number));
            warm.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        var answer = outcome is LambdaRuntimeApi.Outcome.Error error ? $"error {error.ErrorType}" : "answered";
        return new Run(cold, Median(warm), $"{answer}; {asked}");
    }

    private static Dictionary<string, string> Environment(ColdStartPeer peer) => new()
    {
        ["AWS_ENDPOINT_URL"] = peer.Url,
        ["AIOPS_ENVIRONMENT"] = "bench",
        ["AIOPS_TABLE"] = "incidents",
        ["AIOPS_CHANGES_TABLE"] = "changes",
        ["AIOPS_DOCUMENTS_BUCKET"] = "documents",
        ["AIOPS_KNOWLEDGE_BUCKET"] = "knowledge",
        ["AIOPS_INCIDENT_STATE_MACHINE"] = "arn:aws:states:eu-west-1:123456789012:stateMachine:incident",
        ["AIOPS_REVIEW_STATE_MACHINE"] = "arn:aws:states:eu-west-1:123456789012:stateMachine:review",
        ["AIOPS_URGENT_QUEUE_URL"] = $"{peer.Url}/123456789012/urgent",
        ["AIOPS_ROUTINE_QUEUE_URL"] = $"{peer.Url}/123456789012/routine",
        ["AIOPS_URGENT_DEAD_LETTERS_URL"] = $"{peer.Url}/123456789012/urgent-dead",
        ["AIOPS_ROUTINE_DEAD_LETTERS_URL"] = $"{peer.Url}/123456789012/routine-dead",
        ["AIOPS_SETTLE_SECONDS"] = "60",
        ["AIOPS_MAX_ROUNDS"] = "3",
        ["AIOPS_MUTE_PARAMETER"] = "/aiops/mute",
        ["AIOPS_WEBHOOK_SECRET"] = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:webhook",
        ["AIOPS_OWN_ALARM_PREFIX"] = "aiops-",
    };

    private static void Print(string handler, string build, List<Run> runs, double cold, double toBare) => Console.WriteLine(
        $"{handler,-16} {build,-11} {cold,8:0} {runs.Min(run => run.Cold),7:0} {runs.Max(run => run.Cold),7:0} {toBare,8:0.00} {Median(runs.Select(run => run.Warm)),8:0.0}  {runs[0].Said}");

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private sealed record Run(double Cold, double Warm, string Said);
}
