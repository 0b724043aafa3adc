using System.Globalization;
using Aiops.Analysis.Topology;

namespace Aiops.Local.Import;

/// <summary>
/// <c>graph.csv</c> of the PetShop data: an adjacency table, row calls column. It is what was observed: it names components
/// without metrics and lacks some that have them.
/// </summary>
internal static class PetshopGraph
{
    public static async Task<ServiceGraph> ReadAsync(string path, CancellationToken cancellationToken)
    {
        List<string>? callees = null;
        List<Component> components = [];
        List<Call> calls = [];
        await foreach (var cells in CsvLines.ReadAsync(path, cancellationToken))
        {
            if (callees is null)
            {
                callees = cells;
                components.AddRange(
                    cells.Skip(1).Where(name => name.Length > 0).Select(name => new Component(name, ResourceTypes.InName(name))));
                continue;
            }

            for (var i = 1; i < Math.Min(cells.Count, callees.Count); i++)
            {
                if (double.TryParse(cells[i], CultureInfo.InvariantCulture, out var edge) && edge > 0.5 && cells[0].Length > 0)
                {
                    calls.Add(new Call(cells[0], callees[i]));
                }
            }
        }

        return new ServiceGraph(components, calls);
    }
}

/// <summary>Finds CloudFormation types where a tracer appended them to a name: <c>orders_AWS::DynamoDB::Table</c>.</summary>
internal static class ResourceTypes
{
    public static string? InName(string name)
    {
        var start = name.IndexOf("AWS::", StringComparison.Ordinal);
        var type = start < 0 ? "" : name[start..];
        return type.Split("::").Length >= 3 && (start == 0 || name[start - 1] == '_') ? type : null;
    }
}
