using System.Globalization;
using Aiops.Local.Hosting;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Review.Tickets;

namespace Aiops.Tests.Pipeline.Review;

public sealed class TicketReviewsTests : IAsyncLifetime
{
    private ReviewBench bench = null!;

    public async Task InitializeAsync() => bench = await ReviewBench.StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task Confirm_answers_the_waiting_workflow_and_names_the_first_cause()
    {
        var incident = await WaitingAsync();
        var answer = await bench.ReplyAsync(incident, "kim", "great\n/aiops confirm");

        answer.ShouldContain("**Confirmed**: checkout-db");
        answer.ShouldContain("learned from now");
        var outcome = (await bench.OutcomeAsync(incident)).ShouldNotBeNull();
        (outcome.Verdict, outcome.Component, outcome.Cause, outcome.Reviewer).ShouldBe((Verdict.Confirmed, "checkout-db", "connections ran out", "kim"));
        (await bench.Host.Incidents.GetAsync(incident, default)).Status.ShouldBe(IncidentStatus.Closed);
    }

    [Fact]
    public async Task The_chat_that_was_told_of_an_incident_is_told_of_its_end()
    {
        var incident = await WaitingAsync();
        var told = bench.Tickets.Told.ShouldHaveSingleItem();
        (told.State, told.TicketUrl).ShouldBe((TicketState.Open, $"https://desk/T-{incident}"));
        await bench.ReplyAsync(incident, "kim", "/aiops confirm");
        bench.Tickets.Told.Last().ShouldBe(told with { State = TicketState.Resolved });
    }

    [Fact]
    public async Task A_reply_before_the_workflow_waits_is_learned_from_once_it_does()
    {
        var incident = await bench.AlarmAsync("checkout");
        var answer = await bench.ReplyAsync(incident, "kim", "/aiops cause checkout: a bad flag");
        answer.ShouldContain("as soon as the analysis that is under way is done");
        (await bench.OutcomeAsync(incident)).ShouldBeNull();
        await bench.AnalyseAsync();
        (await bench.OutcomeAsync(incident)).ShouldNotBeNull().Cause.ShouldBe("a bad flag");
    }

    [Fact]
    public async Task A_reply_after_the_end_is_learned_from_on_its_own_and_the_last_word_counts()
    {
        var incident = await WaitingAsync();
        await bench.ReplyAsync(incident, "kim", "/aiops confirm");
        var answer = await bench.ReplyAsync(incident, "kim", "/aiops cause search: an index was dropped");
        answer.ShouldContain("learned from on its own");
        var outcome = (await bench.OutcomeAsync(incident)).ShouldNotBeNull();
        (outcome.Verdict, outcome.Component, outcome.Cause).ShouldBe((Verdict.Corrected, "search", "an index was dropped"));
    }

    [Fact]
    public async Task Wrong_ends_it_with_a_case_that_names_nobody()
    {
        var incident = await WaitingAsync();
        (await bench.ReplyAsync(incident, "kim", "/aiops wrong")).ShouldContain("nobody knows yet");
        (await bench.OutcomeAsync(incident)).ShouldNotBeNull().Verdict.ShouldBe(Verdict.Rejected);
        var kept = (await bench.Host.Cases.FindAsync(LocalHost.KnowledgeScope, incident, default)).ShouldNotBeNull().Case;
        (kept.Verdict, kept.Component).ShouldBe((Verdict.Rejected, null));
    }

    [Fact]
    public async Task Who_is_no_reviewer_may_ask_why_and_judge_nothing()
    {
        var incident = await WaitingAsync();
        var refused = await bench.ReplyAsync(incident, "lee", "/aiops confirm\n/aiops useful 1\n/aiops cause checkout: x");
        refused.ShouldContain("Only reviewers");
        refused.ShouldContain("`lee`");
        refused.Split("Only reviewers").Length.ShouldBe(2);
        await bench.ReplyAsync(incident, "KIM", "/aiops confirm"); // Another account, to the letter.
        (await bench.OutcomeAsync(incident)).ShouldBeNull();
        (await bench.ReplyAsync(incident, "lee", "/aiops explain")).ShouldContain("connections ran out");
    }

    [Fact]
    public async Task Explain_tells_for_and_against_what_was_missing_and_why_so_sure_with_nothing_secret_or_live()
    {
        var incident = await WaitingAsync();
        var answer = await bench.ReplyAsync(incident, "lee", "/aiops explain");
        answer.ShouldContain("For it:");
        answer.ShouldContain("no refusals");
        answer.ShouldContain("Would disprove it: free connections");
        answer.ShouldContain("The confidence of 60 %");
        answer.ShouldContain("next is search with 20 %");
        answer.ShouldContain("20 % are left");
        answer.ShouldContain("What was missing:");
        answer.ShouldContain("\\<b\\>100 %");
        answer.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_component_that_nobody_knows_is_asked_back_and_taken_when_insisted_on()
    {
        var incident = await WaitingAsync();
        var asked = await bench.ReplyAsync(incident, "kim", "/aiops cause chekout-db: pool");
        asked.ShouldContain("nothing was noted yet");
        asked.ShouldContain("`/aiops cause checkout-db: pool`");
        asked.ShouldContain("`/aiops cause chekout-db!: pool`");
        (await bench.OutcomeAsync(incident)).ShouldBeNull();

        await bench.ReplyAsync(incident, "kim", "/aiops cause chekout-db!: pool");
        (await bench.OutcomeAsync(incident)).ShouldNotBeNull().Component.ShouldBe("chekout-db");
    }

    [Fact]
    public async Task What_helped_goes_with_the_review_whether_said_before_with_or_after_it()
    {
        var before = await WaitingAsync();
        await bench.ReplyAsync(before, "kim", "/aiops useful 2");
        await bench.ReplyAsync(before, "kim", "/aiops confirm");
        (await bench.OutcomeAsync(before)).ShouldNotBeNull().Helped.ShouldBe(["restart-db"]);

        await bench.ReplyAsync(before, "kim", "/aiops useful 1");
        (await bench.OutcomeAsync(before)).ShouldNotBeNull().Helped.ShouldBe(["raise-pool", "restart-db"]);
        (await bench.ReplyAsync(before, "kim", "/aiops useful 3")).ShouldContain("They go from 1 to 2", Case.Insensitive);
    }

    [Fact]
    public async Task A_review_that_came_by_another_way_takes_along_what_helped()
    {
        var incident = await WaitingAsync();
        await bench.ReplyAsync(incident, "kim", "/aiops useful 1");
        var outcome = new Outcome { IncidentId = incident, Verdict = Verdict.Confirmed, Reviewer = "console", At = bench.Clock.GetUtcNow() };
        await bench.Host.Reviews.TakeAsync(await bench.Host.Incidents.GetAsync(incident, default), outcome, default);
        await bench.Driver.SettleDownAsync(default);
        (await bench.OutcomeAsync(incident)).ShouldNotBeNull().Helped.ShouldBe(["raise-pool"]);
    }

    [Fact]
    public async Task Of_several_verdicts_in_a_reply_the_last_counts()
    {
        var incident = await WaitingAsync();
        (await bench.ReplyAsync(incident, "kim", "/aiops confirm\n/aiops wrong")).ShouldContain("the last counts");
        (await bench.OutcomeAsync(incident)).ShouldNotBeNull().Verdict.ShouldBe(Verdict.Rejected);
    }

    [Fact]
    public async Task Hostile_words_are_kept_masked_and_shown_as_text()
    {
        var incident = await WaitingAsync();
        var answer = await bench.ReplyAsync(incident, "kim", "/aiops cause checkout-db: <script>alert(1)</script> @everyone \u202Epassword=hunter2hunter2");
        answer.ShouldNotContain("<script>");
        answer.ShouldNotContain("@everyone");
        answer.ShouldNotContain("\u202E");
        (await bench.OutcomeAsync(incident)).ShouldNotBeNull().Cause!.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_reader_that_died_anywhere_is_made_good_by_the_next()
    {
        var incident = await WaitingAsync();
        bench.Tickets.AnswersRefused = 1;
        bench.Tickets.Write(incident, "kim", "/aiops confirm", bench.Clock.GetUtcNow());
        await Should.ThrowAsync<TicketSystemUnavailableException>(() => bench.Host.TicketReviews!.ReadAsync(incident, default));
        (await bench.Host.TicketReviews!.ReadAsync(incident, default)).ShouldBe(1);
        (await bench.Host.TicketReviews!.ReadAsync(incident, default)).ShouldBe(0);

        // As if it had acted and died before it wrote down that it had.
        foreach (var key in await bench.Host.Documents.ListAsync(DocumentKeys.Replies(incident), default))
        {
            await bench.Host.Documents.PutAsync(key, "null"u8.ToArray(), default);
        }

        var lease = (await bench.Host.Ledger.TakeAsync("Desk replies", incident, TimeSpan.FromMinutes(1), default)).ShouldNotBeNull();
        await bench.Host.Ledger.SaveAsync(lease with { Entry = lease.Entry with { RepliesReadTo = null } }, default);
        await bench.Host.Ledger.ReleaseAsync(lease, default);
        await bench.Driver.SettleDownAsync(default);
        var before = await bench.OutcomeAsync(incident);
        await bench.Host.TicketReviews!.ReadAsync(incident, default);
        await bench.Driver.SettleDownAsync(default);

        (await bench.OutcomeAsync(incident)).ShouldBeEquivalentTo(before);
        bench.Tickets.Answers.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Replies_are_looked_for_by_the_clock_and_a_webhook_asks_for_it_at_once()
    {
        var incident = await WaitingAsync();
        await bench.Host.Replies!.RunWhenDueAsync(default);
        bench.Tickets.Write(incident, "kim", "/aiops explain", bench.Clock.GetUtcNow());
        (await bench.Host.Replies.RunWhenDueAsync(default)).Taken.ShouldBe(0);
        (await bench.Host.TicketReviews!.FindIncidentAsync(["T-" + incident], default)).ShouldBe(incident);
        (await bench.Host.TicketReviews.FindIncidentAsync(["OPS-" + incident], default)).ShouldBe(incident); // Jira names the issue by its key.
        (await bench.Host.TicketReviews.FindIncidentAsync(["T-other"], default)).ShouldBeNull();
        bench.Host.Replies.Ask(incident);
        (await bench.Host.Replies.RunWhenDueAsync(default)).Taken.ShouldBe(1);

        bench.Tickets.Write(incident, "kim", "/aiops explain", bench.Clock.GetUtcNow());
        bench.Clock.AdvanceTo(bench.Clock.GetUtcNow() + ReplyPoll.Every);
        (await bench.Host.Replies.RunWhenDueAsync(default)).Taken.ShouldBe(1);
    }

    [Theory]
    [InlineData(-10 * 60, "search")]        // Both may have stood before whoever wrote, unless the second began ten minutes ago …
    [InlineData(-10 * 60 + 1, null)]
    [InlineData(60, null)]                  // … or would begin in more than a minute.
    [InlineData(61, "checkout-db")]
    public async Task Confirm_is_for_the_analysis_that_stood_when_it_was_written_and_asked_again_where_that_cannot_be_told(int secondsFromReply, string? confirmed)
    {
        var incident = await WaitingAsync();
        var at = bench.Clock.GetUtcNow() + TimeSpan.FromHours(1);
        bench.Clock.AdvanceTo(at);
        await bench.AnalyseAnewAsync(incident, 2, at + TimeSpan.FromSeconds(1 + secondsFromReply), "search", "rebuild-index");
        var answer = await bench.ReplyAsync(incident, "kim", "/aiops confirm");
        (await bench.OutcomeAsync(incident))?.Component.ShouldBe(confirmed);
        answer.ShouldContain(confirmed is null ? "nothing was noted yet" : $"**Confirmed**: {confirmed}");
    }

    [Theory]
    [InlineData("/aiops wrong", "nothing was noted yet")]
    [InlineData("/aiops useful 1", "another one now")]
    public async Task What_speaks_of_two_analyses_at_once_notes_nothing(string command, string asked)
    {
        var incident = await WaitingAsync();
        await bench.AnalyseAnewAsync(incident, 2, bench.Clock.GetUtcNow(), "search", "rebuild-index");
        (await bench.ReplyAsync(incident, "kim", command)).ShouldContain(asked);
        await bench.ReplyAsync(incident, "kim", "/aiops cause checkout: a flag"); // This says all by itself.
        var outcome = (await bench.OutcomeAsync(incident)).ShouldNotBeNull();
        (outcome.Component, outcome.Helped.Count).ShouldBe(("checkout", 0));
    }

    [Fact]
    public async Task An_analysis_anew_that_says_the_same_needs_no_second_word()
    {
        var incident = await WaitingAsync();
        await bench.AnalyseAnewAsync(incident, 2, bench.Clock.GetUtcNow(), "checkout-db", "raise-pool");
        await bench.ReplyAsync(incident, "kim", "/aiops confirm\n/aiops useful 1");
        var outcome = (await bench.OutcomeAsync(incident)).ShouldNotBeNull();
        (outcome.Component, outcome.Helped.Single()).ShouldBe(("checkout-db", "raise-pool"));
    }

    [Fact]
    public async Task Severity_goes_with_the_review_whether_said_before_with_or_after_it_and_the_last_word_counts()
    {
        var incident = await WaitingAsync();
        await bench.ReplyAsync(incident, "kim", "/aiops severity sev3");
        await bench.ReplyAsync(incident, "kim", "/aiops confirm");
        (await bench.OutcomeAsync(incident)).ShouldNotBeNull().Severity.ShouldBe(Severity.Sev3);
        await bench.ReplyAsync(incident, "kim", "/aiops severity SEV1");
        (await bench.OutcomeAsync(incident)).ShouldNotBeNull().Severity.ShouldBe(Severity.Sev1);
        await bench.ReplyAsync(incident, "kim", "/aiops confirm\n/aiops severity 2");
        (await bench.OutcomeAsync(incident)).ShouldNotBeNull().Severity.ShouldBe(Severity.Sev2);
        (await bench.ReplyAsync(incident, "kim", "/aiops severity sev5")).ShouldContain("from sev1, the worst");
        (await bench.ReplyAsync(incident, "lee", "/aiops severity sev4")).ShouldContain("Only reviewers");
        (await bench.OutcomeAsync(incident)).ShouldNotBeNull().Severity.ShouldBe(Severity.Sev2);
    }

    [Fact]
    public async Task One_reply_that_breaks_keeps_no_other_back_and_is_given_up_on()
    {
        var incident = await WaitingAsync();
        var bad = bench.Tickets.Write(incident, "lee", "/aiops explain", bench.Clock.GetUtcNow());
        var good = bench.Tickets.Write(incident, "kim", "/aiops confirm", bench.Clock.GetUtcNow());
        bench.Tickets.Poisoned.Add(bad);
        for (var i = 1; i < TicketReviews.MostTries; i++)
        {
            await Should.ThrowAsync<AggregateException>(() => bench.Host.TicketReviews!.ReadAsync(incident, default));
            bench.Tickets.Answers.Keys.ShouldBe([good]);
        }

        await bench.Host.TicketReviews!.ReadAsync(incident, default);
        (await bench.Host.TicketReviews.ReadAsync(incident, default)).ShouldBe(0); // The mark has moved past it.
        await bench.Driver.SettleDownAsync(default);
        (await bench.OutcomeAsync(incident)).ShouldNotBeNull().Verdict.ShouldBe(Verdict.Confirmed);
    }

    [Fact]
    public async Task A_stranger_is_answered_so_often_a_day_told_once_that_it_is_enough_and_not_answered_after()
    {
        var incident = await WaitingAsync();
        for (var i = 0; i < ReplyReader.AnsweredOfStrangers; i++)
        {
            (await bench.ReplyAsync(incident, "lee", "/aiops explain")).ShouldContain("connections ran out");
        }

        (await bench.ReplyAsync(incident, "lee", "/aiops explain")).ShouldContain("all that I answer you here today");
        (await bench.ReplyAsync(incident, "lee", "/aiops help")).ShouldBeEmpty();
        (await bench.ReplyAsync(incident, "ada", "/aiops explain")).ShouldContain("connections ran out");
        (await bench.ReplyAsync(incident, "kim", "/aiops explain")).ShouldContain("connections ran out");
        bench.Clock.AdvanceTo(bench.Clock.GetUtcNow() + TimeSpan.FromDays(1));
        (await bench.ReplyAsync(incident, "lee", "/aiops explain")).ShouldContain("connections ran out");
    }

    [Fact]
    public async Task The_comment_names_the_commands_where_replies_are_read()
    {
        var incident = await WaitingAsync();
        var comment = System.Text.Encoding.UTF8.GetString((await bench.Host.Documents.GetAsync(DocumentKeys.Comment(incident), default)).ShouldNotBeNull());
        comment.ShouldContain("`/aiops cause COMPONENT: what it was`");
        ReviewCommands.Read(comment).ShouldBeEmpty();
        (await bench.Host.Documents.GetAsync(DocumentKeys.Commented(incident, 1), default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_look_that_takes_too_long_ends_and_the_next_goes_on_with_those_left()
    {
        const int Incidents = 6;
        List<string> incidents = [];
        for (var i = 0; i < Incidents; i++)
        {
            incidents.Add(await bench.AlarmAsync(string.Create(CultureInfo.InvariantCulture, $"service-{i}")));
            bench.Clock.AdvanceTo(bench.Clock.GetUtcNow() + TimeSpan.FromHours(2));
        }

        await bench.AnalyseAsync(incidents);
        incidents.ForEach(incident => bench.Tickets.Write(incident, "kim", "/aiops explain", bench.Clock.GetUtcNow()));
        bench.Tickets.Reading = () =>
        {
            lock (bench)
            {
                bench.Clock.AdvanceTo(bench.Clock.GetUtcNow() + TimeSpan.FromTicks(1));
            }
        };
        ReplyPoll poll = new(bench.Host.TicketReviews!, bench.Host.Incidents, bench.Clock) { Longest = TimeSpan.Zero };
        var first = (await poll.RunWhenDueAsync(default)).Taken;
        first.ShouldBeInRange(1, 4); // So many are read at once.
        var all = first;
        for (var runs = 1; runs < Incidents && all < Incidents; runs++)
        {
            all += (await poll.RunWhenDueAsync(default)).Taken;
        }

        all.ShouldBe(Incidents);
    }

    [Fact]
    public async Task A_thousand_replies_read_by_many_at_once_are_each_done_and_answered_once()
    {
        const int Incidents = 100, Each = 10;
        List<string> incidents = [];
        for (var i = 0; i < Incidents; i++)
        {
            incidents.Add(await bench.AlarmAsync(string.Create(CultureInfo.InvariantCulture, $"service-{i}")));
            bench.Clock.AdvanceTo(bench.Clock.GetUtcNow() + TimeSpan.FromHours(2));
        }

        await bench.AnalyseAsync(incidents);
        foreach (var incident in incidents)
        {
            for (var i = 0; i < Each; i++)
            {
                bench.Tickets.Write(incident, "kim", string.Create(CultureInfo.InvariantCulture, $"/aiops cause checkout: word {i}\n/aiops useful {(i % 2) + 1}"), bench.Clock.GetUtcNow() + TimeSpan.FromSeconds(i));
            }
        }

        var readers = Enumerable.Range(0, 8).Select(reader => Task.Run(async () =>
        {
            foreach (var incident in reader % 2 == 0 ? incidents : incidents.AsEnumerable().Reverse())
            {
                await bench.Host.TicketReviews!.ReadAsync(incident, default);
            }
        }));
        await Task.WhenAll([.. readers, Task.Run(() => bench.Driver.SettleDownAsync(default))]);
        await bench.Driver.SettleDownAsync(default);

        bench.Tickets.Answers.Count.ShouldBe(Incidents * Each);
        bench.Tickets.Changed.ShouldBeEmpty();
        foreach (var incident in incidents)
        {
            var outcome = (await bench.OutcomeAsync(incident)).ShouldNotBeNull();
            outcome.Cause.ShouldBe("word 9");
            outcome.Helped.ShouldBe(["raise-pool", "restart-db"]);
            (await bench.Host.Incidents.GetAsync(incident, default)).Status.ShouldBe(IncidentStatus.Closed);
        }
    }

    private async Task<string> WaitingAsync()
    {
        var incident = await bench.AlarmAsync("checkout");
        await bench.AnalyseAsync(incident);
        return incident;
    }
}
