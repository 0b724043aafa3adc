namespace Aiops.Pipeline.Reason.Models;

/// <summary>
/// Counts what models cost, an account an incident and one a day. The worst case is reserved by one conditional write before a
/// call, so that callers that don't know of each other can't exceed a cap together; afterwards it is settled.
/// </summary>
/// <remarks>What is reserved and never settled, because its caller died, stays charged at the worst: nobody knows what it cost.</remarks>
public interface IModelBudget
{
    /// <summary>Reserves in both accounts or in none. A key that is reserved and not settled is granted again and counted once.</summary>
    /// <exception cref="StoreUnavailableException">Retried by the workflow.</exception>
    Task<ReservationAnswer> ReserveAsync(ModelReservation reservation, ModelCaps caps, CancellationToken cancellationToken);

    /// <summary>Puts what it cost in place of what was reserved. A key that isn't reserved, or was settled before, changes nothing.</summary>
    /// <param name="actual">May be above what was reserved, and is then charged so.</param>
    Task SettleAsync(ModelReservation reservation, ModelSpend actual, CancellationToken cancellationToken);

    /// <summary>What an account was charged, reservations included.</summary>
    /// <param name="account">An incident's id, or <see cref="ModelReservation.DayAccount"/>.</param>
    Task<ModelSpend> SpentAsync(string account, CancellationToken cancellationToken);
}

/// <summary>The most that a call may cost.</summary>
/// <param name="Key">Names the call: its retries share it. Up to 200 characters of ASCII.</param>
/// <param name="Account">The incident's id, or <c>ask:</c> and the day for questions.</param>
/// <param name="Day">In UTC, when it is made.</param>
public sealed record ModelReservation(string Key, string Account, DateOnly Day, ModelSpend Worst)
{
    /// <summary>The account of a day: <c>day:2026-03-01</c>.</summary>
    public static string DayAccount(DateOnly day) => $"day:{day:yyyy-MM-dd}";
}

/// <summary>What may be spent in all.</summary>
public sealed record ModelCaps(ModelSpend PerAccount, ModelSpend PerDay);

/// <param name="Reached">Which cap keeps it back, for people (<c>this incident's tokens</c>, <c>the day's money</c>); null where it is granted.</param>
public sealed record ReservationAnswer(string? Reached)
{
    public bool Granted => Reached is null;

    /// <summary>The words for the first cap that <paramref name="charged"/> would exceed: calls, tokens, money, then time; null where none is.</summary>
    public static string? CapExceeded(string whose, ModelSpend charged, ModelSpend cap) => charged switch
    {
        _ when charged.Calls > cap.Calls => $"{whose} calls",
        _ when charged.Tokens > cap.Tokens => $"{whose} tokens",
        _ when charged.MicroDollars > cap.MicroDollars => $"{whose} money",
        _ when charged.Time > cap.Time => $"{whose} time",
        _ => null,
    };
}
