using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn;
using Aiops.Pipeline.Learn.Documents;
using Aiops.Pipeline.Learn.Exchange;
using FsCheck;
using FsCheck.Fluent;

namespace Aiops.Tests.Pipeline.Learn.Exchange;

public sealed class CaseFileTests
{
    private static readonly PastCase Past = new(
        "INC-7", "checkout fails", new DateTimeOffset(2026, 3, 4, 10, 0, 0, TimeSpan.Zero),
        new IncidentFingerprint(IncidentKind.Errors, ["checkout"], ["AWS::Lambda::Function"], ["5xx"], ["p1"])
        {
            Changes = ["deployment"],
            Suspects = [new SuspectSignature("orders-db", null, ["metric:saturation:up"], 0.75)],
        },
        "The pool was exhausted.\n\nIt was capped.", "orders-db", ["rds-connections-exhausted"])
    {
        Verdict = Verdict.Corrected,
        Named = "checkout",
        Reviewer = "kim",
        ReviewedAt = new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero),
        Round = 2,
        Severity = Severity.Sev2,
    };

    [Fact]
    public void A_case_is_a_page_that_a_person_can_review() => CaseFile.Write(Past, 3).ShouldBe("""
        ---
        incident: INC-7
        version: 3
        opened: "2026-03-04T10:00:00.0000000+00:00"
        verdict: corrected
        component: orders-db
        named: checkout
        helped:
          - rds-connections-exhausted
        severity: sev2
        reviewer: kim
        reviewed: "2026-03-04T12:00:00.0000000+00:00"
        round: 2
        kind: errors
        components:
          - checkout
        types:
          - "AWS::Lambda::Function"
        metrics:
          - "5xx"
        logPatterns:
          - p1
        changes:
          - deployment
        shape: []
        suspects:
          - {"component":"orders-db","features":["metric:saturation:up"],"score":0.75}
        ---
        # checkout fails

        The pool was exhausted.

        It was capped.

        """.ReplaceLineEndings("\n"));

    [Fact]
    public void What_is_written_is_read_back_whatever_people_wrote() => Prop.ForAll(Cases().ToArbitrary(), past =>
    {
        var text = CaseFile.Write(past, 4);
        var read = CaseFile.Read(text);
        return CaseJson.Same(read.Case, past) && read.Version == 4 && CaseFile.Write(read.Case, 4) == text
            && CaseJson.Same(CaseFile.Read(text.Replace("\n", "\r\n", StringComparison.Ordinal)).Case, past); // As git may check it out.
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Documents_are_read_back_as_well() => Prop.ForAll(Texts().ToArbitrary(), text =>
    {
        KnowledgeDocument document = new("db/pool.md", text.Length == 0 ? "t" : text, text.Replace('\r', ' '));
        return DocumentFile.Read(DocumentFile.Write(document, 2)) == new DocumentFile(document, 2);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Files_of_distinct_incidents_have_distinct_names_below_their_folder() => Prop.ForAll(Texts().Two().ToArbitrary(), ids =>
    {
        var (one, other) = (CaseFile.NameOf(ids.Item1), CaseFile.NameOf(ids.Item2));
        return (one == other) == (ids.Item1 == ids.Item2) && one.Count(letter => letter == '/') == 1 && !one.Contains("..", StringComparison.Ordinal) | ids.Item1.Contains("..", StringComparison.Ordinal);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("incident: INC-7", "", "There is no `incident`.")]
    [InlineData("verdict: corrected", "verdict: maybe", "line 5: `verdict` is not one of")]
    [InlineData("verdict: corrected", "verdict: resolved", "line 5: `verdict` is not a person's")]
    [InlineData("verdict: corrected", "verdict: 1", "line 5: `verdict` is not a text")]
    [InlineData("verdict: corrected", "verdict: rejected", "`component` is not known after a rejection")]
    [InlineData("round: 2", "round: -2", "`round` is not a whole number")]
    [InlineData("round: 2", "rounds: 2", "`rounds` is not known")]
    [InlineData("round: 2", "round: 2\nround: 3", "line 14: `round` stands there twice")]
    [InlineData("severity: sev2", "severity: &a sev2", "line 10: This value can't be read")]
    [InlineData("severity: sev2", "severity = sev2", "line 10: This is no `key: value`")]
    [InlineData("opened: \"2026", "opened: \"then 2026", "line 4: `opened` is not a time")]
    [InlineData("\"score\":0.75", "\"score\":\"much\"", "`suspects` is not a list of suspects")]
    [InlineData("# checkout", "checkout", "There is no `title`")]
    public void What_is_wrong_is_named_with_its_line(string right, string wrong, string problem)
    {
        var text = CaseFile.Write(Past, 3);
        text.ShouldContain(right);
        var refused = Should.Throw<KnowledgeFileException>(() => CaseFile.Read(text.Replace(wrong.Length == 0 ? right + "\n" : right, wrong, StringComparison.Ordinal)));
        refused.Message.ShouldContain(problem);
        refused.Remedy.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("# just Markdown")]
    [InlineData("---\nincident: INC-7\n")]
    public void What_no_export_wrote_is_refused(string text) => Should.Throw<KnowledgeFileException>(() => CaseFile.Read(text));

    [Fact]
    public void No_secret_leaves_in_an_export()
        => CaseFile.Write(Past with { Title = "mail to kim@example.com", Cause = "password=hunter2Zq9xK1" }, 1).ShouldNotContain("hunter2Zq9xK1");

    private static Gen<string> Texts() => ArbMap.Default.ArbFor<string?>().Generator.Select(text => Clean(text ?? ""));

    // What UTF-8 can hold, and nothing that is masked: a letter and a digit can't make a secret.
    private static string Clean(string text) => new([.. text.Where(letter => !char.IsSurrogate(letter) && letter is not ('@' or '='))]);

    private static Gen<PastCase> Cases() =>
        from texts in Texts().ArrayOf(12)
        from verdict in Gen.Elements(Verdict.Confirmed, Verdict.Corrected, Verdict.Rejected)
        from has in Gen.Elements(true, false).ArrayOf(8)
        from minutes in Gen.Choose(-10_000, 10_000)
        from score in Gen.Choose(0, 1_000)
        select new PastCase(
            $"INC-{texts[0]}", texts[1], DateTimeOffset.UnixEpoch.AddMinutes(minutes).AddTicks(score),
            new IncidentFingerprint(IncidentKind.Latency, [texts[2], texts[3]], [], has[0] ? [texts[4]] : [], [texts[5]])
            {
                Changes = has[1] ? [texts[6]] : [],
                Shape = [texts[7]],
                Suspects = [new SuspectSignature(texts[8], has[2] ? texts[9] : null, [texts[10]], score / 1_000.0)],
            },
            has[3] ? texts[11] : null,
            verdict != Verdict.Rejected && has[4] ? texts[9] : null,
            has[5] ? has[6] ? [texts[3]] : [] : null)
        {
            Verdict = verdict,
            Named = has[6] ? texts[4] : null,
            Reviewer = has[7] ? texts[5] : null,
            ReviewedAt = has[0] ? DateTimeOffset.UnixEpoch.ToOffset(TimeSpan.FromHours(9)) : null,
            Round = score,
            Severity = has[1] ? Severity.Sev3 : null,
            TimeToMitigate = has[2] ? TimeSpan.FromSeconds(score) : null,
            Ticket = has[3] ? texts[7] : null,
        };
}
