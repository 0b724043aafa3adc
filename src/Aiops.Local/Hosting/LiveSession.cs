using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Intake.Queue;
using Microsoft.Extensions.Logging;

namespace Aiops.Local.Hosting;

/// <summary>A host by the clock: consumers, sweeps and, where this process holds the host lock, workflows.</summary>
public sealed partial class LiveSession(LocalHost host, TimeProvider time, ILogger<LiveSession> logger)
{
    private static readonly TimeSpan QueuePoll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);

    // Other processes leave starts and answers in the database; so long may they lie there.
    private static readonly TimeSpan WorkflowPoll = TimeSpan.FromMilliseconds(250);

    private readonly HostDriver driver = new(host);

    /// <summary>Consumes, sweeps and runs workflows until cancelled. For the holder of the host lock.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] loops =
        [
            LoopAsync(ConsumeOnceAsync, stop.Token),
            LoopAsync(SweepOnceAsync, stop.Token),
            LoopAsync(PumpOnceAsync, stop.Token),
            LoopAsync(SweepTicketsOnceAsync, stop.Token), // By itself: a slow ticket system holds nothing else up.
            LoopAsync(ReadRepliesOnceAsync, stop.Token),
            LoopAsync(LookForModelOnceAsync, stop.Token),
        ];
        var first = await Task.WhenAny(loops);
        await stop.CancelAsync();
        await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first; // A loop ends early only by a fault: the host can't go on, and says why.
    }

    /// <summary>Consumes until the message was dealt with, by us or by another process.</summary>
    public async Task<ConsumedEvent?> ConsumeUntilAsync(string messageId, CancellationToken cancellationToken)
    {
        while (await driver.ConsumeAsync(cancellationToken) is { Count: > 0 } consumed)
        {
            if (consumed.FirstOrDefault(one => one.Message.MessageId == messageId) is { } ours)
            {
                return ours;
            }
        }

        return null;
    }

    /// <summary>
    /// The incident's ticket once it bears a comment; null when the time ran out first. Runs the workflows itself when no
    /// other process does.
    /// </summary>
    public async Task<StoredTicket?> WaitForCommentAsync(string incidentId, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var deadline = time.GetUtcNow() + atMost;
        using var hostLock = HostLock.TryTake(host.Options.StateFolder);
        while (time.GetUtcNow() < deadline)
        {
            if (hostLock is not null)
            {
                await driver.SettleDownAsync(cancellationToken);
            }

            if (await host.Tickets.GetAsync(incidentId, cancellationToken) is { Comment: not null } ticket)
            {
                return ticket;
            }

            await host.Workflow.WokenAsync(WorkflowPoll, cancellationToken);
        }

        return null;
    }

    private async Task LoopAsync(Func<CancellationToken, Task> once, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await once(cancellationToken);
        }
    }

    private async Task ConsumeOnceAsync(CancellationToken cancellationToken)
    {
        var consumed = await driver.ConsumeAsync(cancellationToken);
        foreach (var one in consumed)
        {
            foreach (var decision in one.Decisions)
            {
                LogDecided(decision.Trigger.Title, decision.Outcome, decision.IncidentId);
            }

            if (one.DeadLetterReason is { } reason)
            {
                LogSetAside(one.Message.MessageId, reason);
            }
        }

        if (consumed.Count == 0)
        {
            await Task.Delay(QueuePoll, time, cancellationToken);
        }
    }

    private async Task SweepOnceAsync(CancellationToken cancellationToken)
    {
        await driver.SweepAsync(cancellationToken);
        await Task.Delay(SweepEvery, time, cancellationToken);
    }

    private async Task SweepTicketsOnceAsync(CancellationToken cancellationToken)
    {
        if (host.Foreign.Sweep is { } sweep)
        {
            await sweep(host.Documents, cancellationToken);
        }

        await Task.Delay(SweepEvery, time, cancellationToken);
    }

    // Each ReplyPoll.Every by the clock, and at once where a webhook asked for it.
    private async Task ReadRepliesOnceAsync(CancellationToken cancellationToken)
    {
        if (host.Replies is { } replies)
        {
            foreach (var failure in (await replies.RunWhenDueAsync(cancellationToken)).Failures)
            {
                LogNotRead(failure.Message); // Read with the next look.
            }
        }

        await Task.Delay(SweepEvery, time, cancellationToken);
    }

    // By itself as well: a model that hangs is waited for, and nothing else is.
    private async Task LookForModelOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (host.ModelReturn is { } back && await back.RunWhenDueAsync(cancellationToken) is > 0 and var sent)
            {
                LogModelBack(sent);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotLooked(e); // A model ends no host: it is looked at again when it is due.
        }

        await Task.Delay(SweepEvery, time, cancellationToken);
    }

    private async Task PumpOnceAsync(CancellationToken cancellationToken)
    {
        if (await host.Workflow.PumpAsync(cancellationToken) > 0)
        {
            return;
        }

        var untilDue = host.Workflow.NextDue is { } due && due - time.GetUtcNow() is var wait && wait < WorkflowPoll ? wait : WorkflowPoll;
        await host.Workflow.WokenAsync(untilDue > TimeSpan.Zero ? untilDue : TimeSpan.FromMilliseconds(1), cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Could not look whether the model is back")]
    private partial void LogNotLooked(Exception exception);

    [LoggerMessage(LogLevel.Information, "The model is back: {Count} incidents go round again")]
    private partial void LogModelBack(int count);

    [LoggerMessage(LogLevel.Information, "{Title}: {Outcome} {IncidentId}")]
    private partial void LogDecided(string title, Pipeline.Intake.TriggerOutcome outcome, string? incidentId);

    [LoggerMessage(LogLevel.Warning, "{Problem}")]
    private partial void LogNotRead(string problem);

    [LoggerMessage(LogLevel.Warning, "Set aside message {MessageId}: {Reason}")]
    private partial void LogSetAside(string messageId, string reason);
}
