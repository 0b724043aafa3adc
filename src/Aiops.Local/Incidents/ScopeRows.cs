using System.Text.Json;
using Aiops.Local.Storage;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Local.Incidents;

/// <summary>Reads a snapshot from the tables and writes a commit to them.</summary>
internal static class ScopeRows
{
    public static ScopeSnapshot Load(SqliteSession session, HeadCache heads, string scope, SnapshotRequest request)
    {
        var version = session.Scalar<long>("SELECT version FROM incident_scope WHERE scope = ?1", scope);
        var subjects = HeldKin.Complete(request.Subjects, subject => Find(
            session, "SELECT record FROM incident_subject WHERE scope = ?1 AND subject = ?2", IntakeJson.Default.SubjectRecord, scope, subject));
        var head = version == 0 ? ScopeHead.Empty : heads.Find(scope, version) ?? ReadHead(session, heads, scope, version);
        return new ScopeSnapshot
        {
            Scope = scope,
            Version = version,
            Head = head,
            Subjects = subjects,
            Others = Others(session, head, subjects.Values, request.Incidents),
            Keys = Keys(session, scope, request.Keys),
        };
    }

    /// <summary>The rows as they will be written.</summary>
    public static PreparedRows Prepare(ScopeChanges changes) => new(
        changes,
        JsonSerializer.Serialize(changes.Head, IntakeJson.Default.ScopeHead),
        [.. changes.Opened.Select(opened => JsonSerializer.Serialize(opened, IntakeJson.Default.Incident))],
        [.. changes.States.Select(state => JsonSerializer.Serialize(state, IntakeJson.Default.IncidentState))],
        [.. changes.Subjects.Select(record => JsonSerializer.Serialize(record, IntakeJson.Default.SubjectRecord))],
        [.. changes.Members.Select(member => member.Trigger is null ? null : JsonSerializer.Serialize(member.Trigger, IntakeJson.Default.Trigger))],
        [.. changes.Decisions.Select(decision => JsonSerializer.Serialize(decision, IntakeJson.Default.TriggerDecision))]);

    /// <summary>False where the version is another; nothing was written then.</summary>
    public static bool Commit(SqliteSession session, string scope, long expectedVersion, PreparedRows rows, DateTimeOffset now)
    {
        var written = expectedVersion == 0
            ? session.Execute("INSERT INTO incident_scope VALUES (?1, 1, ?2) ON CONFLICT DO NOTHING", scope, rows.Head)
            : session.Execute("UPDATE incident_scope SET version = version + 1, head = ?3 WHERE scope = ?1 AND version = ?2",
                scope, expectedVersion, rows.Head);
        if (written == 0)
        {
            return false;
        }

        WriteIncidents(session, scope, rows);
        WriteMembers(session, rows);
        WriteSubjects(session, scope, rows);
        foreach (var (key, value) in rows.Changes.Keys)
        {
            session.Execute("INSERT INTO incident_key VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET value = ?3, noted_at = ?4",
                scope, key, value, now.ToColumn());
        }

        WriteDecisions(session, rows);
        return true;
    }

    private static ScopeHead ReadHead(SqliteSession session, HeadCache heads, string scope, long version)
    {
        var head = Find(session, "SELECT head FROM incident_scope WHERE scope = ?1", IntakeJson.Default.ScopeHead, scope)!;
        heads.Put(scope, version, head);
        return head;
    }

    private static Dictionary<string, IncidentState> Others(
        SqliteSession session, ScopeHead head, IEnumerable<SubjectRecord> subjects, IEnumerable<string> asked)
    {
        HashSet<string> named = [.. asked];
        foreach (var record in subjects)
        {
            named.UnionWith(((string?[])[record.IncidentId, record.ExpectedIn]).OfType<string>());
        }

        named.ExceptWith(head.Incidents.Select(incident => incident.Id));
        Dictionary<string, IncidentState> others = new(StringComparer.Ordinal);
        foreach (var id in named)
        {
            if (Find(session, "SELECT state FROM incident WHERE id = ?1", IntakeJson.Default.IncidentState, id) is { } state)
            {
                others[id] = state;
            }
        }

        return others;
    }

    private static Dictionary<string, string> Keys(SqliteSession session, string scope, IEnumerable<string> asked)
    {
        Dictionary<string, string> found = new(StringComparer.Ordinal);
        foreach (var key in asked)
        {
            if (session.Scalar<string>("SELECT value FROM incident_key WHERE scope = ?1 AND key = ?2", scope, key) is { } value)
            {
                found[key] = value;
            }
        }

        return found;
    }

    private static T? Find<T>(
        SqliteSession session, string sql, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, params ReadOnlySpan<object?> values)
        where T : class
        => session.Scalar<string>(sql, values) is { } json ? JsonSerializer.Deserialize(json, type) : null;

    private static void WriteIncidents(SqliteSession session, string scope, PreparedRows rows)
    {
        foreach (var (opened, json) in rows.Changes.Opened.Zip(rows.Opened))
        {
            session.Execute("INSERT INTO incident (id, scope, status, opened_at, opened, state) VALUES (?1, ?2, 0, 0, ?3, '')", opened.Id, scope, json);
        }

        foreach (var (state, json) in rows.Changes.States.Zip(rows.States))
        {
            session.Execute("UPDATE incident SET status = ?2, opened_at = ?3, close_due_at = ?4, state = ?5 WHERE id = ?1",
                state.Id, (int)state.Status, state.OpenedAt.ToColumn(), DueColumn(state.CloseDueAt), json);
        }

        foreach (var signal in rows.Changes.Signals)
        {
            session.Execute("""
                UPDATE incident SET pending = (pending & ~?2) | ?3, pending_reason = coalesce(?4, pending_reason), pending_revision = pending_revision + 1
                WHERE id = ?1
                """, signal.IncidentId, (int)signal.Withdraw, (int)signal.Raise, signal.Reason);
        }
    }

    // Rounded up: what is found due by the column must be due, or a sweep by a clock that stands would never end.
    private static long? DueColumn(DateTimeOffset? due) => due?.AddTicks(TimeSpan.TicksPerMillisecond - 1).ToColumn();

    private static void WriteMembers(SqliteSession session, PreparedRows rows)
    {
        foreach (var (member, trigger) in rows.Changes.Members.Zip(rows.Members))
        {
            if (member.Removed)
            {
                session.Execute("DELETE FROM incident_member WHERE incident_id = ?1 AND subject = ?2", member.IncidentId, member.Subject);
            }
            else if (trigger is null)
            {
                session.Execute("UPDATE incident_member SET firing = ?3 WHERE incident_id = ?1 AND subject = ?2",
                    member.IncidentId, member.Subject, member.Firing);
            }
            else
            {
                session.Execute("INSERT INTO incident_member VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET occurred_at = ?3, firing = ?4, trigger = ?5",
                    member.IncidentId, member.Subject, member.Trigger!.OccurredAt.ToColumn(), member.Firing, trigger);
            }
        }
    }

    private static void WriteSubjects(SqliteSession session, string scope, PreparedRows rows)
    {
        foreach (var (record, json) in rows.Changes.Subjects.Zip(rows.Subjects))
        {
            var idle = record is { Firing: false, Hold: null } ? record.StateAt?.ToColumn() : null;
            session.Execute("INSERT INTO incident_subject VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET due_at = ?3, idle_since = ?4, record = ?5",
                scope, record.Subject, DueColumn(record.Hold?.DueAt), idle, json);
        }
    }

    private static void WriteDecisions(SqliteSession session, PreparedRows rows)
    {
        foreach (var (decision, json) in rows.Changes.Decisions.Zip(rows.Decisions))
        {
            session.Execute("""
                INSERT INTO incident_decision (id, incident_id, subject, source_id, outcome, occurred_at, decided_at, decision)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET deliveries = deliveries + 1
                """, decision.Id, decision.IncidentId, decision.Trigger.Subject, decision.Trigger.SourceId, (int)decision.Outcome,
                decision.Trigger.OccurredAt.ToColumn(), decision.DecidedAt.ToColumn(), json);
        }
    }
}

/// <summary>A commit's changes, and the JSON of each in the same order.</summary>
internal sealed record PreparedRows(
    ScopeChanges Changes,
    string Head,
    IReadOnlyList<string> Opened,
    IReadOnlyList<string> States,
    IReadOnlyList<string> Subjects,
    IReadOnlyList<string?> Members,
    IReadOnlyList<string> Decisions);
