namespace Aiops.Local.Workflow;

/// <summary>Work under way in the background: counted, so that a driver can wait for none; its faults kept for the driver.</summary>
internal sealed class Activity
{
    private readonly Lock gate = new();
    private readonly List<Exception> faults = [];
    private int underWay;
    private TaskCompletionSource idle = Completed();
    private TaskCompletionSource woken = New();

    public void Run(Func<Task> work)
    {
        lock (gate)
        {
            if (underWay++ == 0)
            {
                idle = New();
            }
        }

        _ = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            catch (OperationCanceledException)
            {
                // Stopped or cancelled: whatever it was is still in the database.
            }
            catch (Exception e)
            {
                lock (gate)
                {
                    faults.Add(e);
                }

                Wake();
            }
            finally
            {
                lock (gate)
                {
                    if (--underWay == 0)
                    {
                        idle.SetResult();
                    }
                }
            }
        });
    }

    public void ThrowIfFaulted()
    {
        lock (gate)
        {
            if (faults.Count > 0)
            {
                throw new AggregateException("The workflow host can't go on.", faults);
            }
        }
    }

    public Task IdleAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return idle.Task.WaitAsync(cancellationToken);
        }
    }

    public Task StoppedAsync() => IdleAsync(CancellationToken.None);

    public void Wake()
    {
        lock (gate)
        {
            woken.TrySetResult();
        }
    }

    public async Task WokenAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        Task signal;
        lock (gate)
        {
            signal = woken.Task;
        }

        try
        {
            await signal.WaitAsync(atMost, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return;
        }

        lock (gate)
        {
            woken = New();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource Completed()
    {
        var source = New();
        source.SetResult();
        return source;
    }
}
