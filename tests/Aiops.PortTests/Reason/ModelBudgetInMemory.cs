using Aiops.Pipeline.Reason.Models;

namespace Aiops.PortTests.Reason;

/// <summary>A budget for one process, for tests of what spends from one.</summary>
public sealed class ModelBudgetInMemory : IModelBudget
{
    private readonly Dictionary<string, ModelSpend> charged = [];
    private readonly Dictionary<(string Account, string Key), ModelSpend> held = [];

    public Task<ReservationAnswer> ReserveAsync(ModelReservation reservation, ModelCaps caps, CancellationToken cancellationToken)
    {
        lock (held)
        {
            (string Name, ModelSpend Cap)[] accounts =
                [(reservation.Account, caps.PerAccount), (ModelReservation.DayAccount(reservation.Day), caps.PerDay)];
            var reached = accounts.Select(account => Beyond(account.Name, reservation, account.Cap)).FirstOrDefault(one => one is not null);
            foreach (var (name, _) in reached is null ? accounts : [])
            {
                charged[name] = charged.GetValueOrDefault(name) + More(name, reservation);
                held[(name, reservation.Key)] = held.GetValueOrDefault((name, reservation.Key)) + More(name, reservation);
            }

            return Task.FromResult(new ReservationAnswer(reached));
        }
    }

    public Task SettleAsync(ModelReservation reservation, ModelSpend actual, CancellationToken cancellationToken)
    {
        lock (held)
        {
            foreach (var name in (string[])[reservation.Account, ModelReservation.DayAccount(reservation.Day)])
            {
                if (held.Remove((name, reservation.Key), out var worst))
                {
                    charged[name] = charged[name] - worst + actual;
                }
            }
        }

        return Task.CompletedTask;
    }

    public Task<ModelSpend> SpentAsync(string account, CancellationToken cancellationToken)
    {
        lock (held)
        {
            return Task.FromResult(charged.GetValueOrDefault(account));
        }
    }

    private string? Beyond(string name, ModelReservation reservation, ModelSpend cap)
        => More(name, reservation) is var more && more == ModelSpend.Zero
            ? null
            : ReservationAnswer.CapExceeded(ModelAccount.Whose(name), charged.GetValueOrDefault(name) + more, cap);

    private ModelSpend More(string name, ModelReservation reservation)
    {
        var (held, worst) = (this.held.GetValueOrDefault((name, reservation.Key)), reservation.Worst);
        return new ModelSpend(
            Math.Max(0, worst.Calls - held.Calls), Math.Max(0, worst.Tokens - held.Tokens), Math.Max(0, worst.MicroDollars - held.MicroDollars),
            worst.Time > held.Time ? worst.Time - held.Time : TimeSpan.Zero);
    }
}
