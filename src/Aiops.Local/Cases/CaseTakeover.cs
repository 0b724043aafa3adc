using System.Text.Json;
using Aiops.Pipeline;
using Aiops.Pipeline.Learn;

namespace Aiops.Local.Cases;

/// <summary>Brings cases that a state folder still keeps as documents (<c>cases/*.json</c>) into the case book, once.</summary>
internal static class CaseTakeover
{
    private const string Done = ".taken-over";

    /// <remarks>Dying half-way leaves the rest for the next time: a case that the book knows already stays as it stands there.</remarks>
    public static async Task RunAsync(string documentsFolder, string scope, ICaseBook book, TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(documentsFolder, DocumentKeys.CasePrefix);
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).ToList())
        {
            if (Read(await File.ReadAllBytesAsync(file, cancellationToken)) is { } past
                && await book.FindAsync(scope, past.IncidentId, cancellationToken) is null)
            {
                await book.RecordAsync(scope, past, new KnowledgeChange(ChangeOrigin.Import, past.Reviewer ?? "aiops", time.GetUtcNow()), cancellationToken);
            }

            File.Move(file, file + Done, overwrite: true);
        }
    }

    // What can't be read was never compared with anything, and stands in nobody's way.
    private static Pipeline.GatherContext.PastCase? Read(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, CaseJson.Default.PastCase);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
