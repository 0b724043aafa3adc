using System.Text.Json.Nodes;
using Aiops.Ask.Data;

namespace Aiops.Cli.Ask;

/// <summary>The catalogue as JSON.</summary>
internal static class CatalogueJson
{
    public static JsonArray Of(IReadOnlyList<DataTable> tables) => [.. tables.Select(table => (JsonNode)new JsonObject
    {
        ["table"] = table.Table.Name,
        ["description"] = table.Table.Description,
        ["rows"] = table.Rows,
        ["columns"] = new JsonArray([.. table.Table.Columns.Select(column => (JsonNode)new JsonObject
        {
            ["name"] = column.Name, ["type"] = column.Type, ["description"] = column.Description, ["unit"] = column.Unit,
        })]),
    })];
}
