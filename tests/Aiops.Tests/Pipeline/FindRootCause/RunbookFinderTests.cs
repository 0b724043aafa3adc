using Aiops.Analysis.LogPatterns;
using Aiops.Pipeline;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn.Documents;
using Aiops.Pipeline.Learn.Retrieval;
using Aiops.Tests.Pipeline.Comment;

namespace Aiops.Tests.Pipeline.FindRootCause;

public class RunbookFinderTests
{
    private static readonly Incident Incident = CommentSample.Report.Incident;
    private static readonly Diagnosis Diagnosis = CommentSample.Report.Diagnosis;
    private static readonly IncidentContext Context = CommentSample.Report.Context;

    [Fact]
    public void What_names_the_cause_is_found_though_the_alarm_names_another()
        => Find(("tables.md", "When orders-table turns writes away, raise its capacity.")).ShouldHaveSingleItem().Document.ShouldBe("tables.md");

    [Fact]
    public void What_the_cause_logs_more_of_finds_a_runbook_and_what_it_logs_as_ever_does_not()
    {
        var document = ("pool.md", "hikari connection exhausted: enlarge it");
        Find(document).ShouldBeEmpty();
        Find(Logging("orders-table", significance: 40), document).ShouldHaveSingleItem().Terms.ShouldContain("hikari");
        Find(Logging("orders-table", significance: 0), document).ShouldBeEmpty();
        Find(Logging("mail", significance: 40), document).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Customers are dear to us.", 0)] // One telling word.
    [InlineData("The checkout is above the till.", 0)] // And words that say nothing.
    [InlineData("Customers can't reach the checkout.", 1)]
    public void Two_telling_words_are_asked_for(string text, int found) => Find(("any.md", text)).Count.ShouldBe(found);

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    public void At_most_three_documents_are_shown_with_a_section_each(int documents, int shown)
        => Find([.. Enumerable.Range(0, documents).Select(i => ($"{i}.md", "# A\n\ncheckout customers\n\n# B\n\ncheckout customers"))])
            .Select(one => one.Document).Distinct().Count().ShouldBe(shown);

    [Theory]
    [InlineData(300, 300, false)]
    [InlineData(301, 300, true)]
    public void An_excerpt_is_whole_up_to_its_length_and_cut_past_it(int length, int kept, bool cut)
    {
        var excerpt = Find(("long.md", "checkout customers ".PadRight(length, 'x'))).Single().Excerpt;
        excerpt.Length.ShouldBe(kept);
        excerpt.EndsWith('…').ShouldBe(cut);
    }

    [Fact]
    public void An_excerpt_is_never_cut_within_a_character()
    {
        for (var padding = 0; padding < 3; padding++)
        {
            var text = $"checkout customers {new string('x', padding)}{string.Concat(Enumerable.Repeat("😀", 200))}";
            Find(("faces.md", text)).Single().Excerpt[..^1].ShouldSatisfyAllConditions(kept => char.IsHighSurrogate(kept[^1]).ShouldBeFalse());
        }
    }

    [Fact]
    public void Of_a_long_section_the_lines_that_speak_of_it_are_shown()
        => Find(("long.md", $"{new string('x', 400)}\nThe checkout turns customers away.\n{new string('y', 20)}")).Single().Excerpt.ShouldStartWith("The checkout");

    [Fact]
    public void Cases_are_not_runbooks_and_an_empty_shelf_gives_nothing()
    {
        PastCase past = new("INC-1", "checkout customers", Incident.OpenedAt, new IncidentFingerprint(IncidentKind.Errors, ["checkout"], [], [], []), "x", "checkout");
        RunbookFinder.Find(KnowledgeIndex.Of([past]), Incident, Diagnosis, Context).ShouldBeEmpty();
        RunbookFinder.Find(KnowledgeIndex.Of([]), Incident, Diagnosis with { Hypotheses = [] }, Context).ShouldBeEmpty();
    }

    [Fact]
    public void A_secret_in_a_runbook_is_masked_before_it_is_cut()
        => Find(("keys.md", $"{"checkout customers ".PadRight(290, '.')} ghp_{new string('a', 36)}")).Single().Excerpt.ShouldNotContain("ghp_");

    private static IReadOnlyList<RunbookExcerpt> Find(params (string Id, string Text)[] documents) => Find(Context, documents);

    private static IReadOnlyList<RunbookExcerpt> Find(IncidentContext context, params (string Id, string Text)[] documents)
        => RunbookFinder.Find(KnowledgeIndex.Of([], documents.Select(one => new KnowledgeDocument(one.Id, "Notes", one.Text))), Incident, Diagnosis, context);

    private static IncidentContext Logging(string component, double significance) => Context with
    {
        Logs = [new LogPatternShift(component, "p", "hikari: connection <*> exhausted", "ERROR", 0, 9, null, "") { Significance = significance }],
    };
}
