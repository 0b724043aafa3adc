using Aiops.Local.Storage;
using Aiops.StateMachine.Evaluation;
using Microsoft.Data.Sqlite;

namespace Aiops.Local.Workflow;

/// <summary>
/// Executions, the tokens that wait and the answers that have come: what a host takes up where another one died. Only the
/// process that holds the host lock saves states; any process may start an execution or leave an answer.
/// </summary>
internal sealed class SqliteExecutionStore(SqliteDatabase database)
{
    public static SqliteSchema Schema { get; } = new("workflow", """
        CREATE TABLE workflow_definitions (hash TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE workflow_executions (
            seq INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            workflow TEXT NOT NULL,
            definition TEXT NOT NULL REFERENCES workflow_definitions (hash),
            state TEXT NOT NULL,
            status TEXT NOT NULL,
            output TEXT, error TEXT, cause TEXT,
            started_at INTEGER NOT NULL,
            ended_at INTEGER
        );
        CREATE INDEX workflow_executions_running ON workflow_executions (seq) WHERE status = 'RUNNING';
        CREATE TABLE workflow_tokens (token TEXT PRIMARY KEY, execution TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX workflow_tokens_execution ON workflow_tokens (execution);
        CREATE TABLE workflow_answers (seq INTEGER PRIMARY KEY, token TEXT NOT NULL UNIQUE, output TEXT NOT NULL);
        """);

    /// <returns>False when there is an execution of that name already, whatever became of it.</returns>
    public Task<bool> AddAsync(NewExecution execution, CancellationToken cancellationToken) => database.WriteAsync(session =>
    {
        session.Execute(
            "INSERT INTO workflow_definitions (hash, json) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            execution.DefinitionHash, execution.DefinitionJson);
        return session.Execute(
            """
            INSERT INTO workflow_executions (name, workflow, definition, state, status, started_at)
            VALUES (?1, ?2, ?3, ?4, 'RUNNING', ?5) ON CONFLICT (name) DO NOTHING
            """,
            execution.Name, execution.Workflow, execution.DefinitionHash, execution.State, execution.StartedAt.ToColumn()) == 1;
    }, cancellationToken);

    /// <summary>Running executions that were added after the given one, oldest first.</summary>
    public Task<List<StoredExecution>> RunningAsync(long afterSequence, CancellationToken cancellationToken)
        => database.ReadAsync(
            session => session.Query(
                """
                SELECT e.seq, e.name, e.workflow, d.json, e.state FROM workflow_executions e JOIN workflow_definitions d ON d.hash = e.definition
                WHERE e.status = 'RUNNING' AND e.seq > ?1 ORDER BY e.seq
                """,
                row => new StoredExecution(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4)),
                afterSequence),
            cancellationToken);

    /// <summary>One transition, whole: the new state, tokens laid out, and the answer that caused it taken away.</summary>
    public Task SaveAsync(SavedTransition saved, CancellationToken cancellationToken) => database.WriteAsync(session =>
    {
        session.Execute(
            "UPDATE workflow_executions SET state = ?2, status = ?3, output = ?4, error = ?5, cause = ?6, ended_at = ?7 WHERE name = ?1",
            saved.Name, saved.State, saved.Ending?.Status ?? "RUNNING", saved.Ending?.Output, saved.Ending?.Error, saved.Ending?.Cause,
            saved.Ending?.At.ToColumn());
        foreach (var token in saved.NewTokens)
        {
            session.Execute("INSERT INTO workflow_tokens (token, execution) VALUES (?1, ?2) ON CONFLICT DO NOTHING", token, saved.Name);
        }

        if (saved.AnsweredToken is not null)
        {
            session.Execute("DELETE FROM workflow_answers WHERE token = ?1", saved.AnsweredToken);
            session.Execute("DELETE FROM workflow_tokens WHERE token = ?1", saved.AnsweredToken);
        }

        if (saved.Ending is not null)
        {
            session.Execute(
                "DELETE FROM workflow_answers WHERE token IN (SELECT token FROM workflow_tokens WHERE execution = ?1)", saved.Name);
            session.Execute("DELETE FROM workflow_tokens WHERE execution = ?1", saved.Name);
        }
    }, cancellationToken);

    /// <returns>False when nothing waits for the token (any more), or it has an answer already.</returns>
    public Task<bool> AnswerAsync(string token, string output, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Execute(
            """
            INSERT INTO workflow_answers (token, output) SELECT ?1, ?2 WHERE EXISTS (SELECT 1 FROM workflow_tokens WHERE token = ?1)
            ON CONFLICT (token) DO NOTHING
            """,
            token, output) == 1,
        cancellationToken);

    /// <summary>Answers that no transition has taken up yet.</summary>
    public Task<List<TokenAnswer>> AnswersAsync(CancellationToken cancellationToken) => database.ReadAsync(
        session => session.Query(
            """
            SELECT t.execution, t.token, a.output FROM workflow_answers a JOIN workflow_tokens t ON t.token = a.token ORDER BY a.seq
            """,
            row => new TokenAnswer(row.GetString(0), row.GetString(1), row.GetString(2))),
        cancellationToken);

    public Task<ExecutionSummary?> FindAsync(string name, CancellationToken cancellationToken) => database.ReadAsync(
        session => session.First("SELECT name, workflow, status, output, error, cause FROM workflow_executions WHERE name = ?1", Summary, name),
        cancellationToken);

    public Task<IReadOnlyDictionary<string, long>> CountByStatusAsync(CancellationToken cancellationToken)
        => database.ReadAsync<IReadOnlyDictionary<string, long>>(
            session => session
                .Query("SELECT status, COUNT(*) FROM workflow_executions GROUP BY status", row => (Status: row.GetString(0), Count: row.GetInt64(1)))
                .ToDictionary(row => row.Status, row => row.Count, StringComparer.Ordinal),
            cancellationToken);

    private static ExecutionSummary Summary(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2),
        row.IsDBNull(3) ? null : row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5));
}

internal sealed record NewExecution(
    string Name, string Workflow, string DefinitionHash, string DefinitionJson, string State, DateTimeOffset StartedAt);

internal sealed record StoredExecution(long Sequence, string Name, string Workflow, string DefinitionJson, string State);

internal sealed record SavedTransition(
    string Name,
    string State,
    IReadOnlyList<string> NewTokens,
    string? AnsweredToken,
    Ending? Ending);

internal sealed record Ending(string Status, string? Output, string? Error, string? Cause, DateTimeOffset At);

internal sealed record TokenAnswer(string Execution, string Token, string Output);

/// <summary>How an execution stands: RUNNING, SUCCEEDED, FAILED, TIMED_OUT or ABORTED.</summary>
public sealed record ExecutionSummary(string Name, string Workflow, string Status, string? Output, string? Error, string? Cause);

internal static class StatusNames
{
    /// <summary>As Step Functions writes them.</summary>
    public static string Of(ExecutionStatus status) => status switch
    {
        ExecutionStatus.Running => "RUNNING",
        ExecutionStatus.Succeeded => "SUCCEEDED",
        ExecutionStatus.Failed => "FAILED",
        ExecutionStatus.TimedOut => "TIMED_OUT",
        ExecutionStatus.Aborted => "ABORTED",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "not a status"),
    };
}
