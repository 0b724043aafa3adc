using System.Globalization;
using System.Text;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Masking;

namespace Aiops.Pipeline.Review.Tickets;

/// <summary>One reply's commands taken in turn: what they come to, and what is answered. Pure.</summary>
internal sealed class ReplyReview(Seen seen, TicketReply reply, bool mayReview, Explanation explanation)
{
    private readonly IncidentReport report = seen.Newest;
    private readonly StringBuilder answer = new();
    private readonly SortedSet<string> helped = new(StringComparer.Ordinal);
    private bool wasRefused;
    private bool wasHelped;

    /// <summary>The last verdict given; its Helped is still to be filled in.</summary>
    public Outcome? Outcome { get; private set; }

    /// <summary>As said last; null where nothing was.</summary>
    public Severity? Severity { get; private set; }

    public IReadOnlyList<string> Helped => [.. helped];

    public string Answer => answer.ToString().TrimEnd() + "\n";

    public void Tell(string sentence) => answer.Append(sentence).Append("\n\n");

    public void Take(ReviewCommand command)
    {
        switch (command)
        {
            case ReviewCommand.Explain:
                Tell(explanation.Of(report).TrimEnd());
                break;
            case ReviewCommand.Help:
                TellHelp();
                break;
            case ReviewCommand.NotUnderstood unknown:
                Tell($"I don't understand {MarkdownText.Code(SecretMask.Mask(unknown.Said), 100)}: {MarkdownText.Escape(unknown.Problem)}");
                TellHelp();
                break;
            case var _ when !mayReview:
                Refuse();
                break;
            case ReviewCommand.Confirm:
                Confirm();
                break;
            case ReviewCommand.Cause cause:
                Correct(cause);
                break;
            case ReviewCommand.Wrong:
                Reject();
                break;
            case ReviewCommand.Severe severe:
                Severity = severe.Severity;
                Tell($"**Severity**: it was {severe.Severity.ToString().ToLowerInvariant()}.");
                break;
            case ReviewCommand.Useful useful:
                Help(useful);
                break;
        }
    }

    private void Reject()
    {
        _ = First(out var differ);
        if (differ)
        {
            AskAgain("/aiops wrong");
            return;
        }

        Give(Verdict.Rejected, null, null, "The analysis was **wrong**, and nobody knows yet what it was. Once you do: `/aiops cause COMPONENT: what it was`.");
    }

    private void Confirm()
    {
        if (First(out var differ) is not { } first)
        {
            if (differ)
            {
                AskAgain("/aiops confirm");
                return;
            }

            Tell("There is no cause to confirm: none was named. If you know it: `/aiops cause COMPONENT: what it was`.");
            return;
        }

        Give(
            Verdict.Confirmed, first.Component, SecretMask.Mask(first.Statement),
            $"**Confirmed**: {MarkdownText.Escape(SecretMask.Mask(first.Component), 200)} — {MarkdownText.Escape(SecretMask.Mask(first.Statement))}");
    }

    private Hypothesis? First(out bool differ)
        => seen.Same(one => one.Diagnosis.Hypotheses is [var first, ..] ? first : null, first => first.Component, out differ);

    // Nobody may be taken to have judged what they hadn't seen.
    private void AskAgain(string command)
    {
        var first = report.Diagnosis.Hypotheses is [var now, ..]
            ? $"the first cause is now {MarkdownText.Escape(SecretMask.Mask(now.Component), 200)} — {MarkdownText.Escape(SecretMask.Mask(now.Statement))}"
            : "it names no cause now";
        Tell($"The incident was analysed anew about when you wrote, and {first}. So **nothing was noted yet**: look at the comment, and reply {MarkdownText.Code(command)} again if you mean that.");
    }

    private void Correct(ReviewCommand.Cause cause)
    {
        var known = KnownComponents.Of(report);
        var found = known.Find(cause.Component);
        var said = SecretMask.Mask(cause.Component);
        if (found is null && !cause.Insists)
        {
            AskBack(cause, said, known);
            return;
        }

        var what = cause.What is null ? null : SecretMask.Mask(cause.What);
        var component = found ?? said;
        Give(
            Verdict.Corrected, component, what,
            what is null
                ? $"**Corrected**: it was {MarkdownText.Escape(SecretMask.Mask(component), 200)}. What was it? `/aiops cause COMPONENT: what it was` teaches more."
                : $"**Corrected**: it was {MarkdownText.Escape(SecretMask.Mask(component), 200)} — {MarkdownText.Escape(what)}");
    }

    private void AskBack(ReviewCommand.Cause cause, string said, KnownComponents known)
    {
        var near = known.Near(cause.Component);
        var names = near.Count > 0 ? near : known.Some;
        Tell($"Nothing in this incident is called {MarkdownText.Code(said, 100)}, so **nothing was noted yet**.");
        if (names.Count > 0)
        {
            Tell($"{(near.Count > 0 ? "Did you mean" : "I know of")} {string.Join(", ", names.Select(name => MarkdownText.Code(SecretMask.Mask(name), 200)))}?");
        }

        var what = cause.What is null ? "" : $" {SecretMask.Mask(cause.What)}";
        var again = names is [var first, ..] && near.Count > 0 ? $"{MarkdownText.Code($"/aiops cause {SecretMask.Mask(first)}:{what}", 300)}, or " : "";
        Tell($"To note it, reply {again}{MarkdownText.Code($"/aiops cause {said}!:{what}", 300)} if it is really called that.");
    }

    private void Help(ReviewCommand.Useful useful)
    {
        List<Recommendation> found = [];
        foreach (var number in useful.Numbers)
        {
            var action = seen.Same(one => one.Recommendations.ElementAtOrDefault(number - 1), one => one.Playbook, out var differ);
            if (differ)
            {
                Tell(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The incident was analysed anew about when you wrote, and action {number} is another one now. So **nothing was noted as useful yet**: look at the comment, and say its number again."));
                return;
            }

            if (action is null)
            {
                Tell(report.Recommendations.Count == 0
                    ? "No action was recommended, so none can have helped."
                    : string.Create(CultureInfo.InvariantCulture, $"There is no action {number}: they go from 1 to {report.Recommendations.Count}."));
                return;
            }

            found.Add(action);
        }

        foreach (var action in found)
        {
            helped.Add(action.Playbook);
            Tell($"**Helped**: {MarkdownText.Escape(SecretMask.Mask(action.Title), 200)}. It is recommended sooner where this comes again.");
        }
    }

    private void Give(Verdict verdict, string? component, string? cause, string told)
    {
        if (Outcome is not null)
        {
            Tell("Of several verdicts in one reply the last counts:");
        }

        Outcome = new Outcome
        {
            IncidentId = report.Incident.Id,
            Verdict = verdict,
            Component = component,
            Cause = cause,
            Reviewer = reply.Author,
            At = reply.At, // Of the reply, not of its reading: read twice it is the same review.
        };
        Tell(told);
    }

    private void Refuse()
    {
        if (!wasRefused)
        {
            wasRefused = true;
            Tell($"Only reviewers may judge an analysis, and {MarkdownText.Code(reply.Author, 100)} is not among them: whoever runs Aiops adds accounts to its settings. `/aiops explain` is for everyone.");
        }
    }

    private void TellHelp()
    {
        if (wasHelped)
        {
            return;
        }

        wasHelped = true;
        answer.Append(
            """
            A command is a line of its own in a reply:

            - `/aiops confirm` — the first cause was right
            - `/aiops cause COMPONENT: what it was` — it was something else
            - `/aiops wrong` — it wasn't that, and nobody knows what it was
            - `/aiops useful 1 3` — these of the recommended actions helped
            - `/aiops severity sev2` — how bad it was, from sev1, the worst, to sev4
            - `/aiops explain` — why this cause comes first (anyone may ask)


            """.ReplaceLineEndings("\n"));
    }
}
