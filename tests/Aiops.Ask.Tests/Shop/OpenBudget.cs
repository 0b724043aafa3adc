using Aiops.Pipeline.Reason.Models;

namespace Aiops.Ask.Tests.Shop;

/// <summary>A budget that grants all but what <paramref name="most"/> calls exceed.</summary>
public sealed class OpenBudget(int most = int.MaxValue) : IModelBudget
{
    private int calls;

    public Task<ReservationAnswer> ReserveAsync(ModelReservation reservation, ModelCaps caps, CancellationToken cancellationToken)
        => Task.FromResult(new ReservationAnswer(Interlocked.Increment(ref calls) <= most ? null : "the day's calls"));

    public Task SettleAsync(ModelReservation reservation, ModelSpend actual, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ModelSpend> SpentAsync(string account, CancellationToken cancellationToken) => Task.FromResult(ModelSpend.Zero);
}
