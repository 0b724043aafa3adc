using System.Security.Cryptography;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Aws.DynamoDb.Models;

/// <summary>What models cost, in the single table: one item an account, read and written again only if nobody did in between.</summary>
/// <remarks>
/// No transaction spans the two accounts. The incident's is charged first and, should the day's be refused, what was charged is
/// taken back: whoever dies in between leaves the incident charged too much, never too little. An attempt takes back its own
/// alone, so that two that reserve the same key at once don't undo each other.
/// </remarks>
public sealed class DynamoModelBudget(DynamoTable table, DynamoStoreOptions options) : IModelBudget
{
    /// <inheritdoc/>
    public async Task<ReservationAnswer> ReserveAsync(ModelReservation reservation, ModelCaps caps, CancellationToken cancellationToken)
    {
        var attempt = RandomNumberGenerator.GetHexString(8, lowercase: true);
        var reached = await TryAsync(reservation.Account, caps.PerAccount);
        if (reached is null && (reached = await TryAsync(ModelReservation.DayAccount(reservation.Day), caps.PerDay)) is not null)
        {
            await ChangeAsync(reservation.Account, account => account.Release(reservation.Key, attempt), cancellationToken);
        }

        return new ReservationAnswer(reached);

        async Task<string?> TryAsync(string name, ModelSpend cap)
        {
            string? cause = null;
            await ChangeAsync(name, account =>
            {
                (var after, cause) = account.Reserve(ModelAccount.Whose(name), reservation.Key, attempt, reservation.Worst, cap);
                return after;
            }, cancellationToken);
            return cause;
        }
    }

    /// <inheritdoc/>
    public async Task SettleAsync(ModelReservation reservation, ModelSpend actual, CancellationToken cancellationToken)
    {
        foreach (var name in (string[])[reservation.Account, ModelReservation.DayAccount(reservation.Day)])
        {
            await ChangeAsync(name, account => account.Settle(reservation.Key, actual), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<ModelSpend> SpentAsync(string account, CancellationToken cancellationToken)
        => (await ReadAsync(account, cancellationToken)).Account.Charged;

    private async Task ChangeAsync(string name, Func<ModelAccount, ModelAccount> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (before, revision) = await ReadAsync(name, cancellationToken);
            var after = change(before);
            if (ReferenceEquals(before, after))
            {
                return;
            }

            var item = TableKeys.ModelBudget(name).ToItem();
            item["Revision"] = Attributes.Number(revision + 1);
            item["Account"] = Packed.Attribute(after, ModelAccountJson.Default.ModelAccount);
            item[TableKeys.ExpiresAt] = Attributes.Seconds(table.Time.GetUtcNow() + options.RecordsKept);
            var unchanged = revision == 0 ? Condition.Absent : Condition.Of("Revision = :revision", (":revision", Attributes.Number(revision)));
            if (await table.PutAsync(item, unchanged, cancellationToken))
            {
                return;
            }
        }
    }

    private async Task<(ModelAccount Account, long Revision)> ReadAsync(string name, CancellationToken cancellationToken)
        => await table.GetAsync(TableKeys.ModelBudget(name), cancellationToken) is not { } item
            ? (new ModelAccount(), 0)
            : (item.IsExpired(table.Time.GetUtcNow()) ? new ModelAccount() : Packed.Read(item["Account"], ModelAccountJson.Default.ModelAccount), item.FindNumber("Revision"));
}
