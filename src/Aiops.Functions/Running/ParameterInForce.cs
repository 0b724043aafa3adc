using Aiops.Aws.SystemsManager;
using Aiops.Aws.Wire;
using Aiops.Pipeline;

namespace Aiops.Functions.Running;

/// <summary>What a parameter of Systems Manager says, made into something, and asked for again after <see cref="KeptFor"/>: people change it without a deployment.</summary>
/// <remarks>Something is made anew only for another text, so that its clients keep their connections.</remarks>
internal sealed class ParameterInForce<T>(IParameters parameters, string name, TimeProvider time)
    where T : class
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    private (string? Text, T Made)? kept;
    private DateTimeOffset askAgainAt;

    /// <param name="make">Of the parameter's text.</param>
    /// <param name="unusable">What holds where the parameter is missing, may not be read, or nothing could be made of it: told at each look, with why.</param>
    /// <param name="notRead">Told where it can't be had just now and what was made before holds on.</param>
    /// <exception cref="StoreUnavailableException">It can't be had now, and never could since this environment began.</exception>
    public async Task<T> CurrentAsync(Func<string, T> make, Func<Exception, T> unusable, Action<Exception> notRead, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (kept is { } known && now < askAgainAt)
        {
            return known.Made;
        }

        try
        {
            var text = await ReadAsync(cancellationToken);
            if (kept is null || kept.Value.Text != text)
            {
                kept = (text, make(text));
            }
        }
        catch (StoreUnavailableException e) when (kept is not null)
        {
            notRead(e);
        }
        catch (Exception e) when (e is not StoreUnavailableException and not OperationCanceledException)
        {
            kept = (null, unusable(e)); // Of no text: the next look reads and says it again.
        }

        askAgainAt = now + KeptFor;
        return kept!.Value.Made;
    }

    private async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await parameters.GetAsync([name], cancellationToken)).GetValueOrDefault(name)
                ?? throw new KeyNotFoundException($"The parameter {name} doesn't exist.");
        }
        catch (WireException e) when (e.Failure is WireFailure.Throttled or WireFailure.Unavailable)
        {
            throw new StoreUnavailableException($"The parameter {name} can't be had ({e.Message}).", e);
        }
        catch (WireException e)
        {
            throw new InvalidOperationException($"The parameter {name} can't be read: {e.Message}", e);
        }
    }
}
