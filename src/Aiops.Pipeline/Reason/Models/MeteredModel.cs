using Microsoft.Extensions.AI;

namespace Aiops.Pipeline.Reason.Models;

/// <summary>An answer and what it cost.</summary>
public sealed record ModelReply(ChatResponse Response, ModelSpend Spent);

/// <summary>Asks a model within its budget: reserves the worst case, calls, waits out a throttle where there is time, settles.</summary>
public sealed class MeteredModel(ModelAccess access, IModelBudget budget)
{
    /// <summary>The account of questions (<c>aiops ask</c>), capped by the day alone.</summary>
    public const string Questions = "ask";

    /// <summary>The account of looks whether the model is back, capped by the day alone. A look is one request: the next one comes by itself.</summary>
    public const string Looks = "look";

    private const int MostTries = 3;

    private const int RoomForTools = 16_000; // Bytes: four calls of ten observations.

    // Before a model that says "later" without saying when.
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    private readonly TimeProvider time = access.Clock;

    public ModelSettings Settings => access.Settings;

    /// <summary>By what it is waited for.</summary>
    public TimeProvider Clock => time;

    /// <param name="account">The incident's id, <see cref="Questions"/> or <see cref="Looks"/>.</param>
    /// <param name="key">Names this call; what is tried again within it is reserved once.</param>
    /// <exception cref="ModelException">It came to nothing, or <see cref="ModelFailure.Capped"/>: it wasn't sent.</exception>
    /// <exception cref="StoreUnavailableException">The budget can't be kept now.</exception>
    public async Task<ModelReply> AskAsync(
        string account, string key, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        var worst = Worst(messages, options);
        var (accountName, caps) = AccountOf(account);
        var reservation = new ModelReservation(key, accountName, Today, worst);
        var answer = await budget.ReserveAsync(reservation, caps, cancellationToken);
        if (answer.Reached is { } cap)
        {
            throw new ModelException(ModelFailure.Capped, $"The cap on {cap} is reached.");
        }

        var actual = worst;
        try
        {
            var began = time.GetTimestamp();
            for (var tried = 1; ; tried++)
            {
                try
                {
                    actual = worst; // What a call that is given up costs, nobody knows.
                    var response = await access.Client.GetResponseAsync(messages, options, cancellationToken);
                    actual = response.Usage is { InputTokenCount: { } input, OutputTokenCount: { } output } ? Settings.Price.Of(input, output) : worst;
                    return new ModelReply(response, actual);
                }
                catch (ModelException e) when (!e.Charged)
                {
                    actual = ModelSpend.Zero;
                    if (account == Looks || Wait(e, tried, time.GetElapsedTime(began)) is not { } wait)
                    {
                        throw;
                    }

                    await Task.Delay(wait, time, cancellationToken);
                }
            }
        }
        finally
        {
            await SettleAsync(reservation, actual);
        }
    }

    /// <summary>Whether this call and one as long after it are within the caps. A promise that others may use up first.</summary>
    public async Task<bool> HasRoomForTwoAsync(string account, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        var (accountName, caps) = AccountOf(account);
        var once = Worst(messages, options);
        var next = Settings.Price.Of(PromptSize.MostTokens(messages, options) + options.MaxOutputTokens!.Value + RoomForTools, options.MaxOutputTokens.Value);
        return (await budget.SpentAsync(accountName, cancellationToken) + once + next).IsWithin(caps.PerAccount)
            && (await budget.SpentAsync(ModelReservation.DayAccount(Today), cancellationToken) + once + next).IsWithin(caps.PerDay);
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    // What runs over days has an account a day.
    private (string Name, ModelCaps Caps) AccountOf(string account)
        => account is Questions or Looks
            ? ($"{account}:{Today:yyyy-MM-dd}", new ModelCaps(Settings.Limits.PerDay, Settings.Limits.PerDay))
            : (account, new ModelCaps(Settings.Limits.PerIncident, Settings.Limits.PerDay));

    private ModelSpend Worst(IReadOnlyList<ChatMessage> messages, ChatOptions options)
    {
        options.MaxOutputTokens = Math.Min(options.MaxOutputTokens ?? int.MaxValue, Settings.Limits.OutputTokens);
        return Settings.Price.Of(PromptSize.MostTokens(messages, options), options.MaxOutputTokens.Value);
    }

    // Null: not again. A model that says "in an hour" has failed now, while there is time to say so.
    private TimeSpan? Wait(ModelException failed, int tried, TimeSpan elapsed)
    {
        var wait = failed.RetryAfter ?? FirstWait * tried;
        return failed.Failure is ModelFailure.Throttled or ModelFailure.Unavailable && tried < MostTries && wait < Settings.Limits.WallTime - elapsed ? wait : null;
    }

    // Never by the caller's token: whoever ran out of time has spent the money all the same.
    private async Task SettleAsync(ModelReservation reservation, ModelSpend actual)
    {
        try
        {
            await budget.SettleAsync(reservation, actual, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // It stays charged at the worst, and what was paid for is not thrown away.
        }
    }
}
