using Aiops.Pipeline.Reason.Answer;

namespace Aiops.Reason.Tests.Runs;

/// <summary>Answers as a careful analyst would: in the words of the evidence, each sentence with its id.</summary>
internal static class Analyst
{
    public static ModelAnswer Answer(BriefReading brief)
    {
        var first = brief.Causes[0];
        return new ModelAnswer
        {
            Narrative = [.. first.For.Take(3).Where(brief.Items.ContainsKey).Select(id => Claim(brief.Items[id]))],
            Hypotheses = [.. brief.Causes.Take(2).Select(cause => new AnsweredHypothesis
            {
                Hypothesis = cause.Id,
                Claims = [.. cause.For.Take(2).Concat(cause.Against.Take(1)).Where(brief.Items.ContainsKey).Select(id => Claim(brief.Items[id]))],
                WouldDisprove = new AnsweredClaim { Text = cause.Test, Evidence = [cause.Id] },
            })],
            Actions = [.. brief.Playbooks.Take(1).Select(id => new AnsweredAction { Playbook = id, Evidence = [.. first.For.Take(1)] })],
        };
    }

    // Telling a thing in other words is what one asks a model for.
    private static AnsweredClaim Claim(BriefReading.Item item) => new()
    {
        Text = item.Text.Replace(" rose from ", " climbed from ", StringComparison.Ordinal).Replace("“", "", StringComparison.Ordinal).Replace("”", "", StringComparison.Ordinal)
            .Replace("<*>", "…", StringComparison.Ordinal),
        Evidence = [item.Id],
    };
}
