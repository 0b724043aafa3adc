using System.Globalization;

namespace Aiops.Pipeline.Act;

/// <summary>One line of the log, chained to the one before it by its hash.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="State">What the request came to by it.</param>
/// <param name="Hash">SHA-256 over all the rest and <paramref name="Previous"/>.</param>
public sealed record ActionLogEntry(
    long Sequence, string RequestId, string IncidentId, long Version, ActionState State, ActionLine Line, string Previous, string Hash);

/// <summary>The chain: a line that is changed, taken out or put in breaks it from there on.</summary>
public static class ActionLog
{
    public const string Start = "";

    public static ActionLogEntry Next(ActionLogEntry? last, ActionRequest request, ActionLine line)
    {
        var entry = new ActionLogEntry((last?.Sequence ?? 0) + 1, request.Id, request.IncidentId, request.Version, request.State, line, last?.Hash ?? Start, "");
        return entry with { Hash = HashOf(entry) };
    }

    /// <summary>
    /// What is wrong with it, the first thing found; null when it is whole. A log cut short is told by requests of a higher
    /// version than their last line.
    /// </summary>
    public static string? Problem(IReadOnlyList<ActionLogEntry> log, IReadOnlyList<ActionRequest> requests)
    {
        var previous = Start;
        for (var i = 0; i < log.Count; i++)
        {
            var entry = log[i];
            if (entry.Sequence != i + 1)
            {
                return string.Create(CultureInfo.InvariantCulture, $"line {i + 1} is missing");
            }

            if (entry.Previous != previous || entry.Hash != HashOf(entry))
            {
                return string.Create(CultureInfo.InvariantCulture, $"line {entry.Sequence} isn't what was written");
            }

            previous = entry.Hash;
        }

        var versions = log.GroupBy(entry => entry.RequestId, StringComparer.Ordinal).ToDictionary(lines => lines.Key, lines => lines.Last(), StringComparer.Ordinal);
        foreach (var request in requests)
        {
            if (!versions.TryGetValue(request.Id, out var last) || last.Version != request.Version || last.State != request.State)
            {
                return $"{request.Id} stands where no line brought it";
            }
        }

        return null;
    }

    private static string HashOf(ActionLogEntry entry)
    {
        string?[] parts =
        [
            entry.Sequence.ToString(CultureInfo.InvariantCulture), entry.RequestId, entry.IncidentId, entry.Version.ToString(CultureInfo.InvariantCulture),
            entry.State.ToString(), entry.Line.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), entry.Line.Who, entry.Line.Place, entry.Line.What,
            entry.Line.Digest, entry.Previous,
        ];
        return PreparedAction.DigestOf(string.Concat(parts.Select(part => $"{part?.Length ?? -1}:{part}\n")));
    }
}
