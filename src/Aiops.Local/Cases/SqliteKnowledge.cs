using Aiops.Local.Storage;

namespace Aiops.Local.Cases;

/// <summary>The tables of what was learned and what was added.</summary>
public static class SqliteKnowledge
{
    public static SqliteSchema Schema { get; } = new("knowledge", """
        CREATE TABLE knowledge (
            scope TEXT NOT NULL,
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            version INTEGER NOT NULL,
            status TEXT NOT NULL,
            change TEXT NOT NULL,
            content TEXT NOT NULL,
            PRIMARY KEY (scope, kind, id)
        );
        CREATE TABLE knowledge_earlier (
            scope TEXT NOT NULL,
            kind TEXT NOT NULL,
            id TEXT NOT NULL,
            version INTEGER NOT NULL,
            status TEXT NOT NULL,
            change TEXT NOT NULL,
            content TEXT NOT NULL,
            PRIMARY KEY (scope, kind, id, version)
        );
        CREATE TABLE knowledge_scope (
            scope TEXT NOT NULL,
            kind TEXT NOT NULL,
            version INTEGER NOT NULL,
            PRIMARY KEY (scope, kind)
        ) WITHOUT ROWID;
        """);
}
