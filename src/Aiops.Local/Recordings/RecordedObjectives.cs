using Aiops.Local.Recordings.Reading;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Local.Recordings;

/// <summary>Service level objectives, as a recording has them.</summary>
internal sealed class RecordedObjectives(RecordingPart part) : IObjectiveSource
{
    private const int Name = 0, Component = 1, Goal = 2, Remaining = 3;

    private static readonly RowSchema Schema = new("name", "component|service.name|service", "goal", "remaining");

    public async Task<SourceAnswer<IReadOnlyList<ObjectiveBudget>>> QueryAsync(
        TelemetryQuery query, CancellationToken cancellationToken)
    {
        var pool = new StringPool();
        var text = new TextBuffer();
        List<ObjectiveBudget> objectives = [];
        var gaps = await part.ReadAsync(
            Schema,
            _ =>
            {
                return (scoped in Row row) =>
                {
                    if (!row.Has(Name) || !row.TryDouble(Goal, out var goal) || !row.TryDouble(Remaining, out var remaining))
                    {
                        return "no name, goal or remaining budget";
                    }

                    if (goal is not (> 0 and < 1) || !double.IsFinite(remaining))
                    {
                        return "a goal that isn't a share between 0 and 1";
                    }

                    objectives.Add(
                        new ObjectiveBudget(row.String(Name, text, pool), row.String(Component, text, pool), goal, remaining));
                    return null;
                };
            },
            otlp: null,
            cancellationToken);
        return new SourceAnswer<IReadOnlyList<ObjectiveBudget>>(objectives, part.Provenance(query), gaps);
    }
}
