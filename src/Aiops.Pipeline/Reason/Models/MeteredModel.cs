using Microsoft.Extensions.AI;

namespace Aiops.Pipeline.Reason.Models;

/// <summary>An answer and what it cost.</summary>
public sealed record ModelReply(ChatResponse Response, ModelSpend Spent);

/// <summary>Asks a model within its budget: reserves the worst case, calls, waits out a throttle where there is time, settles.</summary>
public sealed class MeteredModel(ModelAccess access, IModelBudget budget, TimeProvider time)
{
    private const int MostTries = 3;

    // Before a model that says "later" without saying when.
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    public ModelSettings Settings => access.Settings;

    /// <param name="account">The incident's id, or <c>ask</c>.</param>
    /// <param name="key">Names this call; what is tried again within it is reserved once.</param>
    /// <exception cref="ModelException">It came to nothing, or <see cref="ModelFailure.Capped"/>: it wasn't sent.</exception>
    /// <exception cref="StoreUnavailableException">The budget can't be kept now.</exception>
    public async Task<ModelReply> AskAsync(
        string account, string key, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        options.MaxOutputTokens = Math.Min(options.MaxOutputTokens ?? int.MaxValue, Settings.Limits.OutputTokens);
        var worst = Settings.Price.Of(PromptSize.MostTokens(messages, options), options.MaxOutputTokens.Value);
        var reservation = new ModelReservation(key, account, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), worst);
        var answer = await budget.ReserveAsync(reservation, new ModelCaps(Settings.Limits.PerIncident, Settings.Limits.PerDay), cancellationToken);
        if (answer.Reached is { } cap)
        {
            throw new ModelException(ModelFailure.Capped, $"The cap on {cap} is reached.");
        }

        // Never by the caller's token: whoever ran out of time has spent the money all the same.
        var actual = worst;
        try
        {
            var response = await TryAsync(messages, options, cancellationToken);
            actual = response.Usage is { InputTokenCount: { } input, OutputTokenCount: { } output } ? Settings.Price.Of(input, output) : worst;
            return new ModelReply(response, actual);
        }
        catch (ModelException e) when (!e.Charged)
        {
            actual = ModelSpend.Zero;
            throw;
        }
        finally
        {
            await budget.SettleAsync(reservation, actual, CancellationToken.None);
        }
    }

    private async Task<ChatResponse> TryAsync(IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await access.Client.GetResponseAsync(messages, options, cancellationToken);
            }
            catch (ModelException e) when (!e.Charged && e.Failure is ModelFailure.Throttled or ModelFailure.Unavailable && tried < MostTries)
            {
                await Task.Delay(e.RetryAfter ?? FirstWait * tried, time, cancellationToken);
            }
        }
    }
}
