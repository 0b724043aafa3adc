using Aiops.Analysis.Telemetry;
using Aiops.Local.Recordings.Reading;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Local.Recordings;

/// <summary>What was changed, as a recording has it, oldest first.</summary>
internal sealed class RecordedChanges(RecordingPart part) : IChangeSource
{
    private const int Time = 0, Component = 1, Kind = 2, Summary = 3, Actor = 4, Reference = 5;

    private static readonly RowSchema Schema = new(
        "time|timestamp|at", "component|service.name|service", "kind|type", "summary|title", "actor", "reference|id");

    public async Task<SourceAnswer<IReadOnlyList<Change>>> QueryAsync(TelemetryQuery query, CancellationToken cancellationToken)
    {
        var pool = new StringPool();
        var text = new TextBuffer();
        List<Change> changes = [];
        var gaps = await part.ReadAsync(
            Schema,
            notes =>
            {
                return (scoped in Row row) =>
                {
                    if (!row.TryTime(Time, out var stamp) || !row.Has(Summary))
                    {
                        return "no time or no summary";
                    }

                    notes.Saw(stamp.Form);
                    if (!query.Window.Contains(stamp.Time))
                    {
                        notes.OutsideWindow++;
                        return null;
                    }

                    changes.Add(new Change(
                        stamp.Time,
                        row.String(Component, text, pool),
                        Enum.TryParse<ChangeKind>(row.Text(Kind, text), ignoreCase: true, out var kind) ? kind : ChangeKind.Other,
                        row.Text(Summary, text).ToString(),
                        row.String(Actor, text, pool),
                        row.String(Reference, text, pool)));
                    return null;
                };
            },
            otlp: null,
            cancellationToken);
        return new SourceAnswer<IReadOnlyList<Change>>([.. changes.OrderBy(change => change.At)], part.Provenance(query), gaps);
    }
}
