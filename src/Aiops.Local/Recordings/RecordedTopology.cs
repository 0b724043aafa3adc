using Aiops.Analysis.Topology;
using Aiops.Local.Recordings.Reading;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Local.Recordings;

/// <summary>Who calls whom, as a recording has it: lines that name a component and its type, or a caller and its callee.</summary>
internal sealed class RecordedTopology(RecordingPart part) : ITopologySource
{
    private const int Name = 0, Type = 1, Caller = 2, Callee = 3;

    private static readonly RowSchema Schema = new("component|name", "type", "caller|source|from", "callee|target|to");

    public async Task<SourceAnswer<ServiceGraph>> QueryAsync(TelemetryQuery query, CancellationToken cancellationToken)
    {
        var pool = new StringPool();
        var text = new TextBuffer();
        Dictionary<string, Component> components = new(StringComparer.Ordinal);
        List<Call> calls = [];
        var gaps = await part.ReadAsync(
            Schema,
            _ =>
            {
                return (scoped in Row row) =>
                {
                    if (!row.Has(Name) && !(row.Has(Caller) && row.Has(Callee)))
                    {
                        return "neither a component nor a caller with its callee";
                    }

                    if (row.Has(Name))
                    {
                        var name = row.String(Name, text, pool);
                        components[name] = new Component(name, row.Has(Type) ? row.String(Type, text, pool) : null);
                    }

                    if (row.Has(Caller) && row.Has(Callee))
                    {
                        calls.Add(new Call(row.String(Caller, text, pool), row.String(Callee, text, pool)));
                    }

                    return null;
                };
            },
            otlp: null,
            cancellationToken);
        return new SourceAnswer<ServiceGraph>(new ServiceGraph(components.Values, calls), part.Provenance(query), gaps);
    }
}
