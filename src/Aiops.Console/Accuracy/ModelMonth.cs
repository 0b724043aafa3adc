using System.Text.Json;
using Aiops.Pipeline;
using Aiops.Pipeline.Reason;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Console.Accuracy;

/// <summary>What explaining incidents cost in the last 30 days, and what was struck out of it.</summary>
/// <param name="Analyses">For which a model was configured, asked or not.</param>
/// <param name="Explained">Of which something was shown.</param>
/// <param name="Struck">Statements.</param>
/// <param name="IsCut">There were more incidents than are read.</param>
public sealed record ModelMonth(ModelSpend Spent, int Analyses, int Explained, int Struck, bool IsCut)
{
    public const int MostIncidents = 500;
    private static readonly TimeSpan Back = TimeSpan.FromDays(30);

    /// <param name="incidents">The newest first.</param>
    public static async Task<ModelMonth> ReadAsync(IDocumentStore documents, IEnumerable<Incident> incidents, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var recent = incidents.Where(incident => incident.LastEventAt >= now - Back).Take(MostIncidents + 1).ToList();
        var month = new ModelMonth(ModelSpend.Zero, 0, 0, 0, recent.Count > MostIncidents);
        foreach (var incident in recent.Take(MostIncidents))
        {
            foreach (var key in await documents.ListAsync($"incidents/{incident.Id}/reasoning/", cancellationToken))
            {
                if (await documents.GetAsync(key, cancellationToken) is { } content && Read(content) is { } reasoning && reasoning.At >= now - Back)
                {
                    month = new ModelMonth(
                        month.Spent + reasoning.Spent, month.Analyses + 1, month.Explained + (reasoning.Explains ? 1 : 0), month.Struck + reasoning.Struck.Sum(one => one.Count), month.IsCut);
                }
            }
        }

        return month;
    }

    // One that another version wrote keeps the page from nobody.
    private static Reasoning? Read(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, ReasonJson.Default.Reasoning);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
