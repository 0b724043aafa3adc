namespace Aiops.Ask.Data;

/// <summary>Fills tables of the catalogue before any question is asked.</summary>
public interface ITableFeed
{
    Task FeedAsync(ITableStore tables, CancellationToken cancellationToken);
}

/// <summary>The tables of the catalogue, to be filled.</summary>
public interface ITableStore
{
    /// <summary>Adds rows: values in the order of the catalogue's columns. The caller finishes and disposes of it before it asks for the next.</summary>
    DuckDb.DuckDbAppender Append(string table);
}
