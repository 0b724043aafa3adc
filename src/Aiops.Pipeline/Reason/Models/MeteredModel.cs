using Microsoft.Extensions.AI;

namespace Aiops.Pipeline.Reason.Models;

/// <summary>An answer and what it cost.</summary>
public sealed record ModelReply(ChatResponse Response, ModelSpend Spent);

/// <summary>Asks a model within its budget: reserves the worst case, calls, waits out a throttle where there is time, settles.</summary>
public sealed class MeteredModel(ModelAccess access, IModelBudget budget)
{
    /// <summary>The account of questions (<c>aiops ask</c>), which have a share of the day.</summary>
    public const string Questions = "ask";

    /// <summary>The account of looks whether the model is back, capped by the day alone. A look is one request: the next one comes by itself.</summary>
    public const string Looks = "look";

    private const int MostTries = 3;

    // No analysis is begun for which the caps leave less: the model would be paid, and cut off.
    internal static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(10);

    private const int RoomForTools = 48_000; // Bytes: four calls of ten observations of 400 characters, escaped and in any script.

    // Before a model that says "later" without saying when.
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    private readonly TimeProvider time = access.Clock;

    public ModelSettings Settings => access.Settings;

    /// <summary>By what it is waited for.</summary>
    public TimeProvider Clock => time;

    /// <summary>The same, for as long as one analysis may last.</summary>
    /// <inheritdoc cref="AskAsync(string, string, IReadOnlyList{ChatMessage}, ChatOptions, TimeSpan, CancellationToken)"/>
    public Task<ModelReply> AskAsync(
        string account, string key, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
        => AskAsync(account, key, messages, options, Settings.Limits.WallTime, cancellationToken);

    /// <param name="account">The incident's id, <see cref="Questions"/> or <see cref="Looks"/>.</param>
    /// <param name="key">Names this call; what is tried again within it is reserved once.</param>
    /// <param name="left">How long it may take, waits and all tries included: reserved, and given up after.</param>
    /// <exception cref="ModelException">It came to nothing, or <see cref="ModelFailure.Capped"/>: it wasn't sent.</exception>
    /// <exception cref="StoreUnavailableException">The budget can't be kept now.</exception>
    public async Task<ModelReply> AskAsync(
        string account, string key, IReadOnlyList<ChatMessage> messages, ChatOptions options, TimeSpan left, CancellationToken cancellationToken)
    {
        var worst = Worst(messages, options, left);
        var (accountName, caps) = AccountOf(account);
        var reservation = new ModelReservation(key, accountName, Today, worst);
        var answer = await budget.ReserveAsync(reservation, caps, cancellationToken);
        if (answer.Reached is { } cap)
        {
            var until = ModelAccount.OpensNextDay(cap) ? $"; it opens again on {reservation.Day.AddDays(1):yyyy-MM-dd} at 00:00 UTC" : "";
            throw new ModelException(ModelFailure.Capped, $"The cap on {cap} is reached{until}.");
        }

        var began = time.GetTimestamp();
        var actual = worst;
        ModelSpend? charged = null;
        using CancellationTokenSource late = new(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            for (var tried = 1; ; tried++)
            {
                try
                {
                    actual = worst; // What a call that is given up costs, nobody knows.
                    var response = await access.Client.GetResponseAsync(messages, options, either.Token);
                    actual = response.Usage is { InputTokenCount: { } input, OutputTokenCount: { } output } ? Settings.Price.Of(input, output) : worst;
                    return new ModelReply(response, Charge());
                }
                catch (ModelException e) when (!e.Charged)
                {
                    actual = ModelSpend.Zero;
                    if (account == Looks || Wait(e, tried, left - time.GetElapsedTime(began)) is not { } wait)
                    {
                        throw;
                    }

                    await Task.Delay(wait, time, either.Token);
                }
            }
        }
        catch (ModelException e)
        {
            e.Spent = Charge();
            throw;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModelException(ModelFailure.TimedOut, "It hadn't answered when its time was over.", charged: actual != ModelSpend.Zero) { Spent = Charge() };
        }
        finally
        {
            await SettleAsync(reservation, Charge());
        }

        // Once, when it is over. Past its end nobody is asked any more: what comes then is our own clearing up.
        ModelSpend Charge() => charged ??= actual with { Time = time.GetElapsedTime(began) is var took && took < left ? took : left };
    }

    /// <summary>How long an analysis may last: its own time, or what the caps leave of it. A promise that others may use up first.</summary>
    /// <returns>At least ten seconds, or its own time where that is less: a call for which the caps leave less is refused.</returns>
    public async Task<TimeSpan> TimeForAsync(string account, CancellationToken cancellationToken)
    {
        var (accountName, caps) = AccountOf(account);
        TimeSpan[] most =
        [
            Settings.Limits.WallTime,
            caps.PerAccount.Time - (await budget.SpentAsync(accountName, cancellationToken)).Time,
            caps.PerDay.Time - (await budget.SpentAsync(ModelReservation.DayAccount(Today), cancellationToken)).Time,
        ];
        var least = LeastTime < Settings.Limits.WallTime ? LeastTime : Settings.Limits.WallTime;
        return most.Min() is var shortest && shortest > least ? shortest : least;
    }

    /// <summary>Whether this call and one as long after it are within the caps. A promise that others may use up first.</summary>
    /// <param name="left">How long both may take together.</param>
    public async Task<bool> HasRoomForTwoAsync(
        string account, IReadOnlyList<ChatMessage> messages, ChatOptions options, TimeSpan left, CancellationToken cancellationToken)
    {
        var (accountName, caps) = AccountOf(account);
        var once = Worst(messages, options, left);
        var next = Settings.Price.Of(PromptSize.MostTokens(messages, options) + options.MaxOutputTokens!.Value + RoomForTools, options.MaxOutputTokens.Value);
        return (await budget.SpentAsync(accountName, cancellationToken) + once + next).IsWithin(caps.PerAccount)
            && (await budget.SpentAsync(ModelReservation.DayAccount(Today), cancellationToken) + once + next).IsWithin(caps.PerDay);
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    // What runs over days has an account a day.
    private (string Name, ModelCaps Caps) AccountOf(string account)
        => account switch
        {
            Questions => ($"{account}:{Today:yyyy-MM-dd}", new ModelCaps(Settings.Limits.QuestionsPerDay, Settings.Limits.PerDay)),
            Looks => ($"{account}:{Today:yyyy-MM-dd}", new ModelCaps(Settings.Limits.PerDay, Settings.Limits.PerDay)),
            _ => (account, new ModelCaps(Settings.Limits.PerIncident, Settings.Limits.PerDay)),
        };

    private ModelSpend Worst(IReadOnlyList<ChatMessage> messages, ChatOptions options, TimeSpan left)
    {
        options.MaxOutputTokens = Math.Min(options.MaxOutputTokens ?? int.MaxValue, Settings.Limits.OutputTokens);
        return Settings.Price.Of(PromptSize.MostTokens(messages, options), options.MaxOutputTokens.Value) with { Time = left };
    }

    // Null: not again. A model that says "in an hour" has failed now, while there is time to say so.
    private static TimeSpan? Wait(ModelException failed, int tried, TimeSpan left)
    {
        var wait = failed.RetryAfter ?? FirstWait * tried;
        return failed.Failure is ModelFailure.Throttled or ModelFailure.Unavailable && tried < MostTries && wait < left ? wait : null;
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
