using System.Diagnostics;
using Aiops.Analysis.RootCauses;
using Aiops.Pipeline;
using Aiops.Pipeline.FindRootCause.Learned;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;

namespace Aiops.Benchmarks;

/// <summary>What learning costs an analysis, at 100 to 10,000 reviewed cases: making the model of them, and revising one ranking by it.</summary>
/// <remarks>
/// Cases are drawn from seeds: 200 services of 12 types, ten suspects a case, 30 features of what each is and 12 of what it
/// shows, some of which almost everybody has.
/// </remarks>
public static class LearningBenchmark
{
    private const int SuspectsPerCase = 10;
    private const int Revisions = 50;

    public static void Run()
    {
        Console.WriteLine($"{"cases",8} {"build",10} {"of it CPU",10} {"model",9} {"revise median",14} {"p95",10} {"trust",6}");
        foreach (var count in new[] { 100, 1_000, 10_000 })
        {
            Measure(count);
        }
    }

    private static void Measure(int count)
    {
        Random random = new(count);
        var snapshot = new CaseSnapshot(1, [.. Enumerable.Range(0, count).Select(i => new CaseRecord("local", Draw(random, i), 1, CaseStatus.Current))]);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (started, busy) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        LearnedCauses model = new(snapshot, except: "");
        var built = Stopwatch.GetElapsedTime(started);
        var worked = Environment.CpuUsage.TotalTime - busy; // What the clock says is the neighbours' as well.
        var memory = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;
        var times = Enumerable.Range(0, Revisions + 5).Select(i => Revise(model, Draw(random, i))).Skip(5).Order().ToList();
        Console.WriteLine(
            $"{count,8:N0} {built.TotalMilliseconds,7:N0} ms {worked.TotalMilliseconds,7:N0} ms {memory,6:N0} MB {times[times.Count / 2],11:0.00} ms {times[times.Count * 95 / 100],7:0.00} ms {model.Trust,6:0.00}");
    }

    /// <returns>Milliseconds.</returns>
    private static double Revise(LearnedCauses model, PastCase now)
    {
        var signatures = now.Fingerprint.Suspects;
        RootCauseRanking ranking = new()
        {
            Suspects = [.. signatures.Select((one, i) => new Suspect
            {
                Rank = i + 1, Component = one.Component, Confidence = one.Score, Score = 1, IsSymptom = false, For = [], Against = [],
            })],
            NoneProbability = 0.1,
        };
        var started = Stopwatch.GetTimestamp();
        _ = model.Revise(ranking, signatures, now.Fingerprint.Kind, now.Fingerprint.Components[0]);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static PastCase Draw(Random random, int i)
    {
        var services = Enumerable.Range(0, 200).OrderBy(_ => random.Next()).Take(SuspectsPerCase).ToList();
        return new PastCase(
            $"INC-{i:D6}",
            "drawn",
            DateTimeOffset.UnixEpoch.AddMinutes(i),
            new IncidentFingerprint((IncidentKind)random.Next(1, 6), [$"service-{services[0]}"], [], [], [])
            {
                Suspects = [.. services.Select((service, n) => new SuspectSignature($"service-{service}", null, Features(random, service), 0.5 / Math.Pow(2, n)))],
            },
            "drawn",
            $"service-{services[random.Next(3)]}")
        {
            ReviewedAt = DateTimeOffset.UnixEpoch.AddMinutes(i),
        };
    }

    // A service is what it always is; what it shows is drawn, the frequent far more often than the rare.
    private static List<string> Features(Random random, int service)
    {
        Random own = new(service);
        IEnumerable<string> being = Enumerable.Range(0, 30).Select(n => n < 10 ? $"is:type:{service % 12}:{n}" : $"is:{(int)Math.Pow(3_000, own.NextDouble())}");
        IEnumerable<string> shows = Enumerable.Range(0, 12).Select(_ => $"shows:{(int)Math.Pow(500, random.NextDouble())}");
        return [.. being.Append($"is:named:service-{service}").Concat(shows).Distinct(StringComparer.Ordinal)];
    }
}
