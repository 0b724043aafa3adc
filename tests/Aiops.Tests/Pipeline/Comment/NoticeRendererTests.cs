using Aiops.Pipeline.Comment;
using Aiops.Pipeline.FindRootCause;
using Aiops.Pipeline.Masking;

namespace Aiops.Tests.Pipeline.Comment;

public sealed class NoticeRendererTests
{
    private static string Render(IncidentReport report) => new NoticeRenderer(SecretMask.Mask).Render(report, CommentSample.ReportLink);

    [Fact]
    public void It_says_what_broke_the_first_suspect_and_the_first_thing_to_do()
        => Render(CommentSample.Report).ShouldBe(
            "SEV2 errors: checkout 5xx above 1 %, since 10:02 UTC. Cause (likely, 71 %): orders-table turns writes away since 10:02. "
            + "Look first at: Give the throttled table the capacity it needs (risk: medium). (Simulated telemetry.) file:///incidents/INC-7/report.html");

    [Fact]
    public void It_names_no_cause_where_there_is_none()
        => Render(CommentSample.Report with { Diagnosis = new Diagnosis { Hypotheses = [], Evidence = [] } }).ShouldContain("No cause named");

    [Fact]
    public void It_stays_one_paragraph_within_its_length_whatever_comes()
    {
        var notice = Render(CommentSample.With(text => text + string.Concat(Enumerable.Repeat("\n<!channel> @here ", 100))));
        notice.ShouldNotContain('\n');
        notice.ShouldNotContain("<!");
        notice.ShouldNotContain("@here");
        (notice.Length - CommentSample.ReportLink.Length - 1).ShouldBeLessThanOrEqualTo(NoticeRenderer.MaxLength);
    }

    [Fact]
    public void Secrets_are_masked() => Render(CommentSample.With(text => "password=hunter2hunter2 " + text)).ShouldNotContain("hunter2");
}
