using System.Globalization;
using System.Text.Json;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Masking;

namespace Aiops.Pipeline.Learn.Exchange;

/// <summary>A case as a Markdown file that people review in git: front matter, the title as heading, the cause as text.</summary>
/// <param name="Version">Of the record when it was written.</param>
public sealed record CaseFile(PastCase Case, long Version)
{
    /// <summary>Below the folder of an export; distinct for distinct incidents.</summary>
    public static string NameOf(string incidentId) => $"cases/{FileNames.Of(incidentId)}.md";

    /// <summary>The same text for the same record, secrets masked.</summary>
    public static string Write(PastCase past, long version)
    {
        var (title, cause) = (SecretMask.Mask(past.Title), past.Cause is null ? null : SecretMask.Mask(past.Cause));
        var asHeading = BodyText.IsHeading(title);
        var asText = cause is not null && BodyText.IsText(cause);
        var matter = new FrontMatterWriter()
            .Text("incident", past.IncidentId)
            .Number("version", version)
            .Instant("opened", past.OpenedAt)
            .Name<Verdict>("verdict", past.Verdict)
            .Text("component", Masked(past.Component))
            .Text("named", Masked(past.Named))
            .Texts("helped", past.Helped)
            .Name("severity", past.Severity)
            .Text("mitigated", past.TimeToMitigate?.ToString("c", CultureInfo.InvariantCulture))
            .Text("reviewer", Masked(past.Reviewer))
            .Instant("reviewed", past.ReviewedAt)
            .Number("round", past.Round)
            .Text("ticket", Masked(past.Ticket))
            .Name<IncidentKind>("kind", past.Fingerprint.Kind)
            .Texts("components", [.. past.Fingerprint.Components.Select(SecretMask.Mask)])
            .Texts("types", past.Fingerprint.Types)
            .Texts("metrics", [.. past.Fingerprint.Metrics.Select(SecretMask.Mask)])
            .Texts("logPatterns", past.Fingerprint.LogPatterns)
            .Texts("changes", past.Fingerprint.Changes)
            .Texts("shape", past.Fingerprint.Shape)
            .Items("suspects", past.Fingerprint.Suspects.Select(suspect => JsonSerializer.Serialize(suspect, CaseJson.Default.SuspectSignature)))
            .Text("title", asHeading ? null : title)
            .Text("cause", asText ? null : cause);
        return matter.Close($"{(asHeading ? $"# {title}\n" : "")}{(asText ? $"\n{cause}\n" : "")}");
    }

    private static string? Masked(string? text) => text is null ? null : SecretMask.Mask(text);

    /// <exception cref="KnowledgeFileException">It can't be read; says where and what to do.</exception>
    public static CaseFile Read(string text)
    {
        var matter = FrontMatter.Read(text);
        var (heading, body) = BodyText.Split(matter.Body);
        if ((heading is not null && matter.Has("title")) || (body is not null && matter.Has("cause")))
        {
            throw new KnowledgeFileException(matter.LastLine, "Title or cause stands both in the front matter and below it.", "Keep one of them.");
        }

        IncidentFingerprint fingerprint = new(
            matter.Name<IncidentKind>("kind") ?? IncidentKind.Unknown, matter.Texts("components") ?? [], matter.Texts("types") ?? [], matter.Texts("metrics") ?? [],
            matter.Texts("logPatterns") ?? [])
        {
            Changes = matter.Texts("changes") ?? [],
            Shape = matter.Texts("shape") ?? [],
            Suspects = [.. matter.Objects("suspects").Select(one => SuspectOf(matter, one))],
        };
        var verdict = matter.Name<Verdict>("verdict") ?? throw matter.Wrong("verdict", "there");
        PastCase past = new(
            matter.Required("incident") is { Length: > 0 } id ? id : throw matter.Wrong("incident", "an incident's id"),
            heading ?? matter.Required("title"),
            matter.Instant("opened") ?? throw matter.Wrong("opened", "there"),
            fingerprint,
            body ?? matter.Text("cause"),
            matter.Text("component"),
            matter.Texts("helped"))
        {
            Verdict = verdict,
            Named = matter.Text("named"),
            Severity = matter.Name<Severity>("severity"),
            TimeToMitigate = matter.Text("mitigated") is not { } mitigated ? null
                : TimeSpan.TryParseExact(mitigated, "c", CultureInfo.InvariantCulture, out var time) ? time : throw matter.Wrong("mitigated", "a duration such as \"00:12:00\""),
            Reviewer = matter.Text("reviewer"),
            ReviewedAt = matter.Instant("reviewed"),
            Round = (int)Math.Min(int.MaxValue, matter.Number("round", 0)),
            Ticket = matter.Text("ticket"),
        };
        var version = matter.Number("version", 1);
        _ = (matter.Text("title"), matter.Text("cause"));
        matter.RefuseOthers();
        if (verdict is not (Verdict.Confirmed or Verdict.Corrected or Verdict.Rejected))
        {
            throw matter.Wrong("verdict", "a person's: confirmed, corrected or rejected");
        }

        if (verdict == Verdict.Rejected && past.Component is not null)
        {
            throw matter.Wrong("component", "known after a rejection: the verdict would be corrected");
        }

        return new CaseFile(past, version);
    }

    private static SuspectSignature SuspectOf(FrontMatter matter, JsonElement one)
    {
        try
        {
            return one.Deserialize(CaseJson.Default.SuspectSignature) is { Component: not null, Features: not null } suspect ? suspect : throw matter.Wrong("suspects", "complete");
        }
        catch (JsonException)
        {
            throw matter.Wrong("suspects", "a list of suspects");
        }
    }
}
