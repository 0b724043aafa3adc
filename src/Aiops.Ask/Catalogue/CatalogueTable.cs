namespace Aiops.Ask.Catalogue;

/// <summary>A table that may be asked about.</summary>
/// <param name="TimeColumn">Of what grows with time and may be large: the column that bounds a scan. Null for small tables.</param>
public sealed record CatalogueTable(string Name, string Description, string? TimeColumn, IReadOnlyList<CatalogueColumn> Columns);

/// <param name="Type">TIMESTAMP, DATE, VARCHAR, DOUBLE, BIGINT or BOOLEAN.</param>
/// <param name="Unit">Null where there is none.</param>
/// <param name="Values">All that there can be; empty where that isn't known beforehand.</param>
/// <param name="IsEnumerated">Whether a model is told the values that the data has.</param>
public sealed record CatalogueColumn(string Name, string Type, string Description, string? Unit, IReadOnlyList<string> Values, bool IsEnumerated);
