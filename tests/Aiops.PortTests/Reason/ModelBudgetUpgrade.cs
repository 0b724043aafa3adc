using Aiops.Pipeline.Reason.Models;

namespace Aiops.PortTests.Reason;

/// <summary>What a store must make of an account that was written before time was counted.</summary>
public static class ModelBudgetUpgrade
{
    /// <param name="budget">Has the incident INC-1, charged with 2 calls, 30 tokens and 9 micro-dollars, of which key a holds 1, 20 and 5.</param>
    public static async Task HoldsAsync(IModelBudget budget)
    {
        ModelSpend wide = new(99, 999, 999, TimeSpan.FromSeconds(100));
        ModelCaps caps = new(wide with { Time = TimeSpan.FromSeconds(10) }, wide);
        ModelReservation Call(string key, double seconds) => new(key, "INC-1", new DateOnly(2026, 3, 2), new ModelSpend(1, 20, 5, TimeSpan.FromSeconds(seconds)));

        (await budget.SpentAsync("INC-1", default)).ShouldBe(new ModelSpend(2, 30, 9));
        (await budget.ReserveAsync(Call("b", 10.001), caps, default)).Reached.ShouldBe("this incident's time");
        (await budget.ReserveAsync(Call("b", 10), caps, default)).Reached.ShouldBeNull();
        await budget.SettleAsync(Call("a", 0), new ModelSpend(1, 10, 3, TimeSpan.FromSeconds(4)), default);
        (await budget.SpentAsync("INC-1", default)).ShouldBe(new ModelSpend(3, 40, 12, TimeSpan.FromSeconds(14)));
    }
}
