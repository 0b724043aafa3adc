using System.Diagnostics;
using Aiops.Aws.Tests.Runtime;

namespace Aiops.Benchmarks;

/// <summary>
/// What a function's first answer costs, from the start of its process, and a warm one: <c>-- coldstart [HANDLER…]</c>. Each is
/// published as plain IL, ReadyToRun, ReadyToRun as one image with the runtime's own assemblies (which takes a custom runtime), and ahead of time where the runtime pack for that can be had, and started against a Runtime
/// API and empty AWS services in this process, the builds in turns so that a busy machine is unjust to all alike.
/// </summary>
internal static class ColdStartBenchmark
{
    private const int Starts = 5;
    private const int WarmEvents = 100;
    private const double Bar = 1.5; // ReadyToRun Intake against the bare bootstrap.

    private static readonly (string Name, string[] Properties)[] Builds =
    [
        ("ReadyToRun", ["-r", "linux-x64", "--self-contained", "false", "-p:PublishReadyToRun=true"]),
        ("composite", ["-r", "linux-x64", "--self-contained", "true", "-p:PublishReadyToRun=true", "-p:PublishReadyToRunComposite=true"]),
    ];

    public static async Task RunAsync(string[] handlers)
    {
        await using var peer = await EmptyAws.StartAsync();
        var published = await PublishAsync();
        Console.WriteLine($"{"handler",-16} {"build",-11} {"cold ms",8} {"(min",7} {"max)",7} {"to bare",8} {"cpu ms",7} {"to bare",8} {"warm ms",8}  answer, and what it asked of AWS first");
        var bare = new Dictionary<string, (double Cold, double Cpu)>();
        foreach (var handler in ColdStartHandler.Ours.Where(handler => handlers.Length == 0 || handlers.Contains(handler.Handler)).Prepend(ColdStartHandler.Bare))
        {
            var builds = Builds.Where(build => published.ContainsKey((handler.Project, build.Name))).ToList();
            var runs = builds.ToDictionary(build => build.Name, _ => new List<Run>());
            for (var start = 0; start < Starts; start++)
            {
                foreach (var build in builds)
                {
                    if (await StartAsync(published[(handler.Project, build.Name)], handler, peer) is { } run)
                        runs[build.Name].Add(run);
                }
            }

            foreach (var (build, each) in runs.Where(build => build.Value.Count > 0))
            {
                if (handler == ColdStartHandler.Bare)
                    bare[build] = (Median(each.Select(run => run.Cold)), Median(each.Select(run => run.Cpu)));
                Print(handler.Handler, build, each, bare[build]);
            }

            if (handler.Handler == "Intake" && runs.GetValueOrDefault("ReadyToRun") is { Count: > 0 } intake)
            {
                var ratio = Median(intake.Select(run => run.Cold)) / bare["ReadyToRun"].Cold;
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
                    published[(project, name)] = name is "AOT" or "composite" ? Path.ChangeExtension(assembly, null) : assembly;
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

    /// <returns>Null for a function that doesn't start: it says why.</returns>
    private static async Task<Run?> StartAsync(string assembly, ColdStartHandler handler, EmptyAws peer)
    {
        await using var api = await LambdaRuntimeApi.StartAsync();
        peer.Forget();
        var first = api.InvokeAsync(handler.Event(0));
        var watch = Stopwatch.StartNew();
        await using var process = FunctionProcess.Start(assembly, handler.Handler, api, peer.Environment);
        if (await Task.WhenAny(first, process.EndAsync()) != first)
        {
            Console.WriteLine($"{handler.Handler,-16} did not start: {process.Errors.Split('\n')[0]}");
            return null;
        }

        var outcome = await first;
        var cold = watch.Elapsed.TotalMilliseconds;
        var cpu = process.ProcessorTime.TotalMilliseconds;
        var asked = peer.Said;

        var warm = new List<double>();
        for (var number = 1; number <= WarmEvents; number++)
        {
            var start = Stopwatch.GetTimestamp();
            await api.InvokeAsync(handler.Event(number));
            warm.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        var answer = outcome is LambdaRuntimeApi.Outcome.Error error ? $"error {error.ErrorType}" : "answered";
        return new Run(cold, cpu, Median(warm), $"{answer}; {asked}");
    }

    private static void Print(string handler, string build, List<Run> runs, (double Cold, double Cpu) bare)
    {
        var (cold, cpu) = (Median(runs.Select(run => run.Cold)), Median(runs.Select(run => run.Cpu)));
        Console.WriteLine(
            $"{handler,-16} {build,-11} {cold,8:0} {runs.Min(run => run.Cold),7:0} {runs.Max(run => run.Cold),7:0} {cold / bare.Cold,8:0.00} "
            + $"{cpu,7:0} {cpu / bare.Cpu,8:0.00} {Median(runs.Select(run => run.Warm)),8:0.0}  {runs[0].Said}");
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private sealed record Run(double Cold, double Cpu, double Warm, string Said);
}
