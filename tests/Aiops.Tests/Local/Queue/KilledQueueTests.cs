using System.Diagnostics;
using Aiops.CrashHost;
using Aiops.Local.Queue;
using Aiops.Local.Storage;
using Aiops.Pipeline.Intake.Queue;

namespace Aiops.Tests.Local.Queue;

/// <summary>
/// Processes that work on one queue are killed (SIGKILL) at random moments, one at a time or two together. Afterwards the
/// file is held against what they had told. A power cut is another matter: no test here can pull the plug.
/// </summary>
public sealed class KilledQueueTests : IDisposable
{
    private const int Rounds = 30;
    private readonly TemporaryFolder folder = new();
    private readonly HashSet<string> acknowledged = [];
    private readonly HashSet<string> deleted = [];
    private readonly HashSet<string> perhapsDeleted = [];
    private readonly HashSet<string> receipts = [];
    private readonly Dictionary<string, string> texts = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_nothing_deleted_comes_back_however_often_the_process_is_killed()
    {
        var path = folder.File("aiops.db");
        var random = new Random(20260302);
        for (var round = 0; round < Rounds; round++)
        {
            var workers = Enumerable.Range(0, 1 + (round % 2)).Select(worker => (Seed: (round * 2) + worker, Lines: random.Next(1, 400)));
            var told = await Task.WhenAll(workers.Select(worker => RunAndKillAsync(path, worker.Seed, round, worker.Lines)));
            var before = deleted.ToHashSet();
            foreach (var line in told.SelectMany(lines => lines))
                Believe(line, before);
        }

        var present = await WhatIsThereAsync(path);
        present.Keys.Intersect(deleted).ShouldBeEmpty();
        acknowledged.Except(deleted).Except(perhapsDeleted).Except(present.Keys).ShouldBeEmpty();
        foreach (var (id, body) in present)
            body.ShouldBe(QueueWorker.Body(texts[id]));
        texts.Values.Distinct().Count().ShouldBe(texts.Count); // An event has one id, and an id one event.
        Batches().ShouldAllBe(batch => batch.Seen == batch.Size);
        deleted.Count.ShouldBeGreaterThan(Rounds); // Or the test has looked at nothing.
        present.Count.ShouldBeGreaterThan(Rounds);
    }

    private static async Task<List<string>> RunAndKillAsync(string path, int seed, int round, int lines)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", typeof(QueueWorker).Assembly.Location, "queue", path, $"{seed}", $"{round}" },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var told = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            told.Add(line);
            if (told.Count == lines)
                process.Kill(); // What it had written by then is still read.
        }

        await process.WaitForExitAsync();
        (told.Count >= lines).ShouldBeTrue(await process.StandardError.ReadToEndAsync());
        return told;
    }

    private void Believe(string line, HashSet<string> deletedEarlier)
    {
        var (what, id, receipt, text) = line.Split(' ') is [var a, var b, var c, var d] ? (a, b, c, d) : throw new FormatException(line);
        texts.TryAdd(id, text);
        texts[id].ShouldBe(text);
        deletedEarlier.ShouldNotContain(id, line);
        switch (what)
        {
            case "enqueued":
                acknowledged.Add(id);
                break;
            case "received":
                receipts.Add(receipt).ShouldBeTrue($"delivered twice: {line}");
                break;
            case "deleting":
                perhapsDeleted.Add(id);
                break;
            case "deleted":
                deleted.Add(id);
                break;
        }
    }

    // After all leases have ended: the messages and the dead letters together.
    private async Task<Dictionary<string, byte[]>> WhatIsThereAsync(string path)
    {
        await using var database = await SqliteDatabase.OpenAsync(path, SqliteDatabaseOptions.Default, default);
        var later = new ManualTimeProvider(TimeProvider.System.GetUtcNow().AddDays(365));
        var queue = await SqliteTriggerQueue.OpenAsync(database, QueueWorker.Rules, later, default);
        (await database.ReadAsync(session => session.Scalar<string>("PRAGMA integrity_check"), default)).ShouldBe("ok");
        var present = new Dictionary<string, byte[]>();
        foreach (var letter in await queue.ListDeadLettersAsync(DeadLetterFilter.All, default))
            Add(letter.MessageId, letter.Body, letter.Format);
        while (await queue.ReceiveAsync(100, TimeSpan.FromHours(1), default) is { Count: > 0 } received)
        {
            foreach (var one in received)
                Add(one.MessageId, one.Body, one.Format);
        }

        return present;

        void Add(string id, byte[] body, string text)
        {
            present.Add(id, body);
            texts.TryAdd(id, text);
        }
    }

    // A text is NAME.INDEXofSIZE; an enqueue that was killed has left all of its batch or nothing.
    private IEnumerable<(int Seen, int Size)> Batches()
        => texts.Values.GroupBy(text => text[..text.LastIndexOf('.')], text => int.Parse(text[(text.LastIndexOf("of", StringComparison.Ordinal) + 2)..]))
            .Select(batch => (batch.Count(), batch.First()));
}
