using System.Text.Json;
using Aiops.Local.Recordings.Reading;

namespace Aiops.Local.Recordings;

/// <summary>Earlier incidents, <c>cases.jsonl</c>: one <see cref="RecordedCase"/> a line.</summary>
internal static class RecordedCases
{
    public static async Task<(IReadOnlyList<RecordedCase> Cases, IReadOnlyList<string> Gaps)> ReadAsync(
        RecordingPart part, CancellationToken cancellationToken)
    {
        List<RecordedCase> cases = [];
        List<string> gaps = [];
        foreach (var file in part.Files)
        {
            var notes = new FileNotes(file);
            await using var stream = part.Open(file);
            using var lines = new StreamReader(stream);
            for (var number = 1L; await lines.ReadLineAsync(cancellationToken) is { } line; number++)
            {
                try
                {
                    if (line.Length > 0 && JsonSerializer.Deserialize(line, RecordingJson.Default.RecordedCase) is { } one)
                    {
                        cases.Add(one);
                        notes.Lines++;
                    }
                }
                catch (JsonException)
                {
                    notes.Bad(number, "not a case");
                }
            }

            gaps.AddRange(notes.Tell());
        }

        return (cases, gaps);
    }
}
