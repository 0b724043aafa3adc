using Aiops.Ask.Data;
using Aiops.Pipeline.Learn;

namespace Aiops.Ask.Feeds;

/// <summary>The table cases.</summary>
internal static class CaseRows
{
    public static void Write(ITableStore tables, IReadOnlyList<CaseRecord> records)
    {
        using var rows = tables.Append("cases");
        foreach (var record in records)
        {
            var past = record.Case;
            rows.Add(past.IncidentId).Add(past.Title).AddOrNull(past.OpenedAt).Add(Wire.Name(record.Status)).Add(Wire.Name(past.Fingerprint.Kind)).Add(Wire.Name(past.Verdict))
                .AddOrNull(past.Component).AddOrNull(past.Cause).EndRow();
        }

        rows.Finish();
    }
}
