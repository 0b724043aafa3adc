namespace Aiops.Pipeline.Learn.Retrieval;

/// <summary>The words by which an incident is looked up among what is known.</summary>
public static class IncidentText
{
    private const int Longest = 4_000; // Characters: an alarm may bring pages along, and its beginning tells what it is.

    public static string Of(Incident incident)
    {
        var text = string.Join('\n', ((string?[])
        [
            incident.Title,
            .. incident.Components,
            incident.First.Signal?.Metric,
            incident.First.Description,
            incident.First.Reason,
        ]).OfType<string>());
        return text.Length <= Longest ? text : text[..Longest];
    }
}
