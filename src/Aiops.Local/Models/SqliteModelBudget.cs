using System.Text.Json;
using Aiops.Local.Storage;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Local.Models;

/// <summary>What models cost, in the shared database: a row an account, each method one transaction over both.</summary>
public sealed class SqliteModelBudget(SqliteDatabase database) : IModelBudget
{
    /// <summary>Days after its last reservation for which an account is kept.</summary>
    public const int DaysKept = 90;

    // Attempts are told apart to take one back, and a transaction leaves nothing to take back.
    private const string Attempt = "";

    public static SqliteSchema Schema { get; } = new("model_budget", """
        CREATE TABLE model_budget (
            account TEXT PRIMARY KEY,
            last_day INTEGER NOT NULL,
            entry TEXT NOT NULL
        ) WITHOUT ROWID;
        """);

    /// <inheritdoc/>
    public Task<ReservationAnswer> ReserveAsync(ModelReservation reservation, ModelCaps caps, CancellationToken cancellationToken)
        => database.WriteAsync(session =>
        {
            var day = ModelReservation.DayAccount(reservation.Day);
            var (own, reached) = Read(session, reservation.Account)
                .Reserve(ModelAccount.Whose(reservation.Account), reservation.Key, Attempt, reservation.Worst, caps.PerAccount);
            if (reached is not null)
            {
                return new ReservationAnswer(reached);
            }

            (var all, reached) = Read(session, day).Reserve(ModelAccount.Whose(day), reservation.Key, Attempt, reservation.Worst, caps.PerDay);
            if (reached is null)
            {
                Write(session, reservation.Account, reservation.Day, own);
                Write(session, day, reservation.Day, all);
                session.Execute("DELETE FROM model_budget WHERE last_day < ?1", (long)reservation.Day.DayNumber - DaysKept);
            }

            return new ReservationAnswer(reached);
        }, cancellationToken);

    /// <inheritdoc/>
    public Task SettleAsync(ModelReservation reservation, ModelSpend actual, CancellationToken cancellationToken)
        => database.WriteAsync(session =>
        {
            foreach (var account in (string[])[reservation.Account, ModelReservation.DayAccount(reservation.Day)])
            {
                var before = Read(session, account);
                var after = before.Settle(reservation.Key, actual);
                if (!ReferenceEquals(before, after))
                {
                    Write(session, account, reservation.Day, after);
                }
            }
        }, cancellationToken);

    /// <inheritdoc/>
    public Task<ModelSpend> SpentAsync(string account, CancellationToken cancellationToken)
        => database.ReadAsync(session => Read(session, account).Charged, cancellationToken);

    private static ModelAccount Read(SqliteSession session, string account)
        => session.Scalar<string>("SELECT entry FROM model_budget WHERE account = ?1", account) is { } entry
            ? JsonSerializer.Deserialize(entry, ModelAccountJson.Default.ModelAccount)!
            : new ModelAccount();

    private static void Write(SqliteSession session, string account, DateOnly day, ModelAccount entry) => session.Execute(
        """
        INSERT INTO model_budget (account, last_day, entry) VALUES (?1, ?2, ?3)
        ON CONFLICT DO UPDATE SET last_day = MAX(last_day, ?2), entry = ?3
        """,
        account, day.DayNumber, JsonSerializer.Serialize(entry, ModelAccountJson.Default.ModelAccount));
}
