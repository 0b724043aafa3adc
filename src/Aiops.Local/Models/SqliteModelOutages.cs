using Aiops.Local.Storage;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Local.Models;

/// <summary>Who waits for the model, in the shared database: a row an incident.</summary>
public sealed class SqliteModelOutages(SqliteDatabase database) : IModelOutages
{
    public static SqliteSchema Schema { get; } = new("model_outages", """
        CREATE TABLE model_outages (
            incident_id TEXT PRIMARY KEY,
            round INTEGER NOT NULL,
            since INTEGER NOT NULL
        ) WITHOUT ROWID;
        """);

    /// <inheritdoc/>
    public Task PutAsync(ModelOutage outage, CancellationToken cancellationToken)
        => database.WriteAsync(
            session => session.Execute(
                "INSERT INTO model_outages (incident_id, round, since) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET round = ?2, since = ?3",
                outage.IncidentId, outage.Round, outage.Since.ToColumn()),
            cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(string incidentId, CancellationToken cancellationToken)
        => database.WriteAsync(session => session.Execute("DELETE FROM model_outages WHERE incident_id = ?1", incidentId), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ModelOutage>> ListAsync(int most, CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlyList<ModelOutage>>(
            session => session.Query(
                "SELECT incident_id, round, since FROM model_outages ORDER BY since, incident_id LIMIT ?1",
                row => new ModelOutage(row.GetString(0), (int)row.GetInt64(1), row.GetInstant(2)),
                (long)most),
            cancellationToken);
}
