using Aiops.Mcp.Answers;
using Aiops.Mcp.Asking;
using Aiops.Pipeline;
using Aiops.Pipeline.Review;
using ModelContextProtocol.Protocol;

namespace Aiops.Mcp.Tools;

/// <summary>The one tool that writes: a person's review, under the name that their token says. Asked for anew at each call, so that a token taken back ends it.</summary>
internal sealed class ReviewIncidentTool(McpPorts ports, LateReview reviews, IncidentReader reader, Func<McpCaller?> caller) : AiopsTool(
    Name,
    "Review an incident",
    "Records a person's judgement of an analysis, which teaches later ones. Only what the person said, never your own opinion.",
    [
        Parameter.Incident,
        new("verdict", ParameterKind.Text, "confirmed: the first cause was right. corrected: it was another, named in component. rejected: wrong, and nobody knows.")
        {
            Required = true,
            Choices = ["confirmed", "corrected", "rejected"],
        },
        new("round", ParameterKind.Number, "Which analysis the person judged: the round of the report that they saw.") { Required = true, Least = 1, Most = 10_000 },
        new("component", ParameterKind.Text, "The true cause's component; for corrected."),
        new("cause", ParameterKind.Text, "What it was, in the person's words.") { Most = 4_000 },
        new("helped", ParameterKind.Names, "Playbooks among the recommendations that helped.") { Most = 50 },
        new("severity", ParameterKind.Text, "How bad it was, as people say afterwards.") { Choices = ["sev1", "sev2", "sev3", "sev4"] },
        new("minutesToMitigate", ParameterKind.Number, "Minutes until users no longer felt it.") { Most = 43_200 },
    ],
    ports.Time,
    reads: false)
{
    public const string Name = "review_incident";

    public const string Refusal = "Reviews are taken from reviewers alone: hand a reviewer's token to the server in the client's configuration (AIOPS_MCP_TOKEN, or the bearer token over HTTP).";

    protected override async Task<CallToolResult> AnswerAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        if (caller() is not { MayReview: true } reviewer)
        {
            throw new ToolRefusedException(Refusal);
        }

        var incident = await reader.FindAsync(arguments.TextOf("incidentId"), cancellationToken);
        var newest = await reader.RoundAsync(incident.Id, cancellationToken);
        if (newest == 0 || arguments.Number("round") != newest)
        {
            throw new ToolRefusedException(newest == 0 ? "There is no analysis to judge yet." : $"The newest analysis is {newest}: nobody judges what they haven't seen. Show it with get_report first.");
        }

        var report = await ports.Reports.ReadAsync(incident.Id, newest, cancellationToken);
        var verdict = Enum.Parse<Verdict>(arguments.TextOf("verdict"), ignoreCase: true);
        var named = report.Diagnosis.Hypotheses is [var first, ..] ? first : null;
        var outcome = new Outcome
        {
            IncidentId = incident.Id,
            Verdict = verdict,
            Component = verdict switch
            {
                Verdict.Confirmed => named?.Component ?? throw new ToolRefusedException("The analysis named no cause, so there is none to confirm."),
                Verdict.Corrected => arguments.Text("component") ?? throw new ToolRefusedException("Name the true cause's component."),
                _ => null,
            },
            Cause = arguments.Text("cause") ?? (verdict == Verdict.Confirmed ? named?.Statement : null),
            Helped = Helped(arguments, report.Recommendations),
            Severity = arguments.Text("severity") is { } severity ? Enum.Parse<Severity>(severity, ignoreCase: true) : null,
            TimeToMitigate = arguments.Number("minutesToMitigate") is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
            Reviewer = reviewer.Name,
            At = ports.Time.GetUtcNow(),
        };
        var where = await reviews.TakeAsync(incident, outcome, CancellationToken.None); // The caller may leave; the review is theirs all the same.
        return Answer.Of(
            new ReviewAnswer(
                incident.Id, arguments.TextOf("verdict"), outcome.Component, reviewer.Name, where,
                "It is kept, and recorded as soon as the incident's workflow goes on: at once where a host works on this store (aiops serve, or the stack)."),
            AnswerJson.Default.ReviewAnswer, []).ToResult();
    }

    private static IReadOnlyList<string> Helped(ToolArguments arguments, IReadOnlyList<Recommendation> recommendations)
    {
        var named = arguments.Names("helped");
        return named.All(one => recommendations.Any(recommendation => recommendation.Playbook == one))
            ? [.. named.Distinct()]
            : throw new ToolRefusedException($"Only actions that were recommended can have helped: {string.Join(", ", recommendations.Select(one => one.Playbook).Distinct())}.");
    }
}
