using Aiops.Analysis.LogPatterns;
using BenchmarkDotNet.Attributes;

namespace Aiops.Benchmarks;

/// <summary>
/// Templates mined from growing numbers of lines by a fresh miner: <c>-- --filter *LogPatternMining*</c>. Lines are made up
/// here, or come from the file of messages that <c>AIOPS_LOG_MESSAGES</c> names, over and over.
/// </summary>
[MemoryDiagnoser]
public class LogPatternMiningBenchmark
{
    private static readonly string[] Users = ["alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi"];

    private string[] messages = [];

    [Params(10_000, 100_000, 1_000_000)]
    public int Lines { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(Lines);
        var file = Environment.GetEnvironmentVariable("AIOPS_LOG_MESSAGES");
        var source = file is null ? null : File.ReadAllLines(file);
        messages = [.. Enumerable.Range(0, Lines).Select(i => source?[i % source.Length] ?? Message(random))];
    }

    [Benchmark]
    public LogTemplateMiner Mine()
    {
        var miner = new LogTemplateMiner();
        foreach (var message in messages)
        {
            miner.Add(message);
        }

        return miner;
    }

    private static string Message(Random random)
    {
        var (small, large, id) = (random.Next(64), random.Next(1 << 26), random.NextInt64());
        return random.Next(10) switch
        {
            0 => $"Received block blk_{id} of size {large} from /10.250.{small}.{small}",
            1 => $"PacketResponder {small} for block blk_{id} terminating",
            2 => $"authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=218.188.{small}.{small} user=root",
            3 => $"session opened for user {Users[random.Next(Users.Length)]} by (uid={small})",
            4 => $"Finished task {small}.0 in stage {small}.0 (TID {large}). {large} bytes result sent to driver",
            5 => $"GET /api/v1/orders/{id:x16} HTTP/1.1 status: 200 len: {large} time: 0.{small:000}",
            6 => $"Block broadcast_{small}_piece0 stored as bytes in memory (estimated size {small}.0 B, free {small}.3 KB)",
            7 => $"shop.example.org:443 close, {large} bytes ({small}.1 KB) sent, 0 bytes received, lifetime 00:{small:00}",
            8 => $"Connection broken for id {id}, my id = {small}, error = ",
            _ => "Interrupted while waiting for message on queue",
        };
    }
}
