using Aiops.Pipeline.Intake.Formats.Sns;

namespace Aiops.Cli.Serve;

/// <summary>What came of a subscription's confirmation: a closed set.</summary>
internal abstract record ConfirmationOutcome
{
    private ConfirmationOutcome() { }

    /// <summary>Now or before: SNS asks again when our answer was lost.</summary>
    public sealed record Confirmed : ConfirmationOutcome;

    public sealed record Refused(string Reason) : ConfirmationOutcome;

    public sealed record Unreached : ConfirmationOutcome;
}

/// <summary>Confirms subscriptions to allowed topics, each once; the messages have passed <see cref="SnsGate"/>.</summary>
internal sealed class SubscriptionConfirmations(SnsSubscriptionPolicy policy, ISubscriptionVisitor visitor) : IDisposable
{
    private const int MaxRemembered = 1000; // Forgetting costs another visit, which SNS answers with the same subscription.

    private readonly HashSet<Uri> confirmed = [];
    private readonly SemaphoreSlim oneAtATime = new(1, 1);

    public async Task<ConfirmationOutcome> ConfirmAsync(SnsEnvelope confirmation, CancellationToken cancellationToken)
    {
        if (policy.AddressToVisit(confirmation, out var reason) is not { } address)
        {
            return new ConfirmationOutcome.Refused(reason!);
        }

        await oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (!confirmed.Contains(address))
            {
                if (!await visitor.VisitAsync(address, cancellationToken))
                {
                    return new ConfirmationOutcome.Unreached();
                }

                Remember(address);
            }

            return new ConfirmationOutcome.Confirmed();
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    private void Remember(Uri address)
    {
        if (confirmed.Count == MaxRemembered)
        {
            confirmed.Clear();
        }

        confirmed.Add(address);
    }
}
