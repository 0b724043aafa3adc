using Aiops.Ask.Data;

namespace Aiops.Ask.Feeds;

/// <summary>The tables hypotheses and reviews: what was said, and what people said of it.</summary>
internal static class HypothesisRows
{
    public static void Write(ITableStore tables, IReadOnlyList<ReadIncident> all)
    {
        using (var rows = tables.Append("hypotheses"))
        {
            foreach (var (incident, round, one) in all.SelectMany(read => read.Diagnoses.SelectMany(diagnosis => diagnosis.Diagnosis.Hypotheses.Select(one => (read.Incident, diagnosis.Round, one)))))
            {
                rows.Add(incident.Id).Add((long)round).Add((long)one.Rank).Add(one.Component).Add(Wire.Name(one.Kind)).Add(Wire.Name(one.Role)).Add(one.Confidence)
                    .Add(one.Statement).AddOrNull(one.Onset).EndRow();
            }

            rows.Finish();
        }

        using var reviews = tables.Append("reviews");
        foreach (var read in all)
        {
            if (read.Outcome is not { } outcome)
            {
                continue;
            }

            var blamed = (read.Diagnoses is [.., var last] ? last.Diagnosis : null)?.Hypotheses.OrderBy(one => one.Rank).FirstOrDefault();
            var service = outcome.Component ?? (outcome.Verdict == Pipeline.Verdict.Confirmed ? blamed?.Component : null); // Who confirms names nobody.
            reviews.Add(read.Incident.Id).AddOrNull(outcome.At).Add(Wire.Name(outcome.Verdict)).AddOrNull(service).AddOrNull(outcome.Cause)
                .AddOrNull(blamed?.Component).AddOrNull(blamed is null ? null : Wire.Name(blamed.Kind))
                .AddOrNull(outcome.Severity is { } severity ? Wire.Name(severity) : null).AddOrNull(outcome.TimeToMitigate?.TotalMinutes).EndRow();
        }

        reviews.Finish();
    }
}
