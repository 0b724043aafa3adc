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

    private static string Message(Random random) => random.Next(10) switch
    {
        0 => $"Received block blk_{random.NextInt64()} of size {random.Next(1 << 26)} from /10.250.{random.Next(256)}.{random.Next(256)}",
        1 => $"PacketResponder {random.Next(3)} for block blk_{random.NextInt64()} terminating",
        2 => $"authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=218.188.{random.Next(256)}.{random.Next(256)} user=root",
        3 => $"session opened for user {Users[random.Next(Users.Length)]} by (uid={random.Next(1_000)})",
        4 => $"Finished task {random.Next(40)}.0 in stage {random.Next(9)}.0 (TID {random.Next(90_000)}). {random.Next(5_000)} bytes result sent to driver",
        5 => $"GET /api/v1/orders/{random.Next():x8} HTTP/1.1 status: 200 len: {random.Next(9_000)} time: 0.{random.Next(1_000_000):000000}",
        6 => $"Block broadcast_{random.Next(90)}_piece0 stored as bytes in memory (estimated size {random.Next(900)}.0 B, free {random.Next(500)}.3 KB)",
        7 => $"shop.example.org:443 close, {random.Next(90_000)} bytes ({random.Next(90)}.1 KB) sent, {random.Next(900)} bytes received, lifetime 00:{random.Next(60):00}",
        8 => $"Connection broken for id {random.NextInt64()}, my id = {random.Next(9)}, error = ",
        _ => "Interrupted while waiting for message on queue",
    };
}
