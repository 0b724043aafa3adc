using Aiops.Local.Storage;

namespace Aiops.Local.Incidents;

internal static class IncidentTables
{
    // incident.opened is the incident as it was opened and never changes; what changes is in incident.state, and in the
    // scope's head as long as the incident takes alarms. Columns repeat of the JSON only what is searched by.
    public static SqliteSchema Schema { get; } = new("incident", """
        CREATE TABLE incident_scope (
            scope TEXT PRIMARY KEY,
            version INTEGER NOT NULL,
            head TEXT NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE incident (
            id TEXT PRIMARY KEY,
            scope TEXT NOT NULL,
            status INTEGER NOT NULL,
            opened_at INTEGER NOT NULL,
            close_due_at INTEGER,
            execution_started INTEGER NOT NULL DEFAULT 0,
            pending INTEGER NOT NULL DEFAULT 0,
            pending_reason TEXT,
            pending_revision INTEGER NOT NULL DEFAULT 0,
            opened TEXT NOT NULL,
            state TEXT NOT NULL
        );
        CREATE INDEX incident_not_started ON incident (scope, opened_at, id) WHERE execution_started = 0;
        CREATE INDEX incident_pending ON incident (opened_at, id) WHERE pending > 0;
        CREATE INDEX incident_close_due ON incident (close_due_at) WHERE close_due_at IS NOT NULL;
        CREATE INDEX incident_opened ON incident (opened_at, id);

        CREATE TABLE incident_member (
            incident_id TEXT NOT NULL,
            subject TEXT NOT NULL,
            occurred_at INTEGER NOT NULL,
            firing INTEGER NOT NULL,
            trigger TEXT NOT NULL,
            UNIQUE (incident_id, subject)
        );

        CREATE TABLE incident_subject (
            scope TEXT NOT NULL,
            subject TEXT NOT NULL,
            due_at INTEGER,
            idle_since INTEGER,
            record TEXT NOT NULL,
            PRIMARY KEY (scope, subject)
        ) WITHOUT ROWID;
        CREATE INDEX incident_subject_due ON incident_subject (due_at) WHERE due_at IS NOT NULL;

        CREATE TABLE incident_key (
            scope TEXT NOT NULL,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            noted_at INTEGER NOT NULL,
            PRIMARY KEY (scope, key)
        ) WITHOUT ROWID;

        CREATE TABLE incident_decision (
            seq INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            incident_id TEXT,
            subject TEXT NOT NULL,
            source_id TEXT NOT NULL,
            outcome INTEGER NOT NULL,
            occurred_at INTEGER NOT NULL,
            decided_at INTEGER NOT NULL,
            deliveries INTEGER NOT NULL DEFAULT 1,
            decision TEXT NOT NULL
        );
        CREATE INDEX incident_decision_incident ON incident_decision (incident_id) WHERE incident_id IS NOT NULL;
        CREATE INDEX incident_decision_subject ON incident_decision (subject);
        CREATE INDEX incident_decision_source ON incident_decision (source_id);
        CREATE INDEX incident_decision_occurred ON incident_decision (occurred_at);
        """);
}
