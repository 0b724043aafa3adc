using System.Text.Json;
using Aiops.Local.Storage;
using Aiops.Pipeline.Review;
using Microsoft.Data.Sqlite;

namespace Aiops.Local.Review;

/// <summary>The review desk in the shared database: one row an incident, each method one transaction.</summary>
public sealed class SqliteReviewDesk(SqliteDatabase database) : IReviewDesk
{
    private const string Row = "SELECT incident_id, task_token, signal FROM review_desk WHERE incident_id = ?1";

    public static SqliteSchema Schema { get; } = new("review", """
        CREATE TABLE review_desk (
            incident_id TEXT PRIMARY KEY,
            task_token TEXT,
            signal TEXT
        ) WITHOUT ROWID;
        """);

    public Task<PendingReview> LayDownAsync(string incidentId, string taskToken, CancellationToken cancellationToken)
        => database.WriteAsync(session =>
        {
            session.Execute(
                "INSERT INTO review_desk (incident_id, task_token) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET task_token = ?2",
                incidentId, taskToken);
            return session.First(Row, Read, incidentId)!;
        }, cancellationToken);

    public Task<PendingReview> LeaveAsync(string incidentId, ReviewSignal signal, CancellationToken cancellationToken)
        => database.WriteAsync(session =>
        {
            var waiting = session.First(Row, Read, incidentId)?.Signal;
            if (waiting is null || signal.Signal >= waiting.Signal)
            {
                session.Execute(
                    "INSERT INTO review_desk (incident_id, signal) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET signal = ?2",
                    incidentId, Write(signal));
            }

            return session.First(Row, Read, incidentId)!;
        }, cancellationToken);

    public async Task<PendingReview?> FindAsync(string incidentId, CancellationToken cancellationToken)
        => await database.ReadAsync(session => session.First(Row, Read, incidentId), cancellationToken) is { } lying
            && (lying.TaskToken ?? (object?)lying.Signal) is not null
            ? lying
            : null;

    public Task WithdrawChangedAsync(string incidentId, CancellationToken cancellationToken)
        => database.WriteAsync(session =>
        {
            if (session.First(Row, Read, incidentId)?.Signal is { Signal: ReviewSignalKind.Changed })
            {
                session.Execute("UPDATE review_desk SET signal = NULL WHERE incident_id = ?1", incidentId);
            }
        }, cancellationToken);

    public Task ClearAsync(PendingReview delivered, CancellationToken cancellationToken)
        => database.WriteAsync(session =>
        {
            session.Execute(
                "UPDATE review_desk SET task_token = NULL WHERE incident_id = ?1 AND task_token = ?2",
                delivered.IncidentId, delivered.TaskToken);
            session.Execute(
                "UPDATE review_desk SET signal = NULL WHERE incident_id = ?1 AND signal = ?2",
                delivered.IncidentId, delivered.Signal is { } signal ? Write(signal) : null);
        }, cancellationToken);

    public Task<IReadOnlyList<PendingReview>> DeliverableAsync(CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlyList<PendingReview>>(
            session => session.Query(
                "SELECT incident_id, task_token, signal FROM review_desk WHERE task_token IS NOT NULL AND signal IS NOT NULL",
                Read),
            cancellationToken);

    private static PendingReview Read(SqliteDataReader row) => new(
        row.GetString(0),
        row.IsDBNull(1) ? null : row.GetString(1),
        row.IsDBNull(2) ? null : JsonSerializer.Deserialize(row.GetString(2), ReviewJson.Default.ReviewSignal));

    private static string Write(ReviewSignal signal) => JsonSerializer.Serialize(signal, ReviewJson.Default.ReviewSignal);
}
