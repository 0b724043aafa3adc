namespace Aiops.Local.Storage;

/// <summary>
/// One component's tables in the shared file. The migrations run in order, each once; the version is how many have run.
/// A migration that has been released is never edited: what changes is added as the next one.
/// </summary>
/// <param name="Component">A stable name, such as <c>queue</c>; also the prefix of its tables, by convention.</param>
/// <param name="Migrations">SQL scripts; the first creates the tables.</param>
public sealed record SqliteSchema(string Component, params IReadOnlyList<string> Migrations)
{
    public int Version => Migrations.Count;
}
