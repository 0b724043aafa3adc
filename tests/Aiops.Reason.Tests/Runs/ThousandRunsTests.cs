using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aiops.Local.Models;
using Aiops.Pipeline.Comment;
using Aiops.Pipeline.Reason;
using Aiops.Pipeline.Reason.Answer;
using Aiops.Pipeline.Reason.Models;
using Aiops.ScriptedModel;
using Xunit.Abstractions;

namespace Aiops.Reason.Tests.Runs;

/// <summary>Whatever a model says, what reaches the comment is held by the evidence that stands beside it.</summary>
public sealed partial class ThousandRunsTests(AnalysedIncidents incidents, ITestOutputHelper output) : IClassFixture<AnalysedIncidents>
{
    private const int Runs = 1_000;

    [Fact]
    public async Task No_lie_reaches_a_comment_or_a_report_in_a_thousand_runs_and_most_truths_do()
    {
        // The model's name carries the seed, so that the server needs no memory of who asks.
        await using var server = await ScriptedModelServer.StartAsync(request => ScriptedReply.Say(Json(new Liar(SeedOf(request.Model)).Answer(BriefReading.Of(request)))));
        ConcurrentBag<string> leaks = [];
        var (explained, stood, told, struck) = (0, 0, 0, 0);
        await Parallel.ForAsync(0, Runs, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (seed, token) =>
        {
            var incident = incidents.All[seed % incidents.All.Count];
            using var client = new OpenAiChatClient(new OpenAiOptions { Model = $"liar-{seed}", Endpoint = server.OpenAiBase, Time = TimeProvider.System });
            var run = await incident.ReasonAsync(client, Settings($"liar-{seed}"), cancellationToken: token);
            var liar = new Liar(seed);
            var answer = liar.Answer(BriefReading.Of((await run.Step.PromptAsync(new ReasonInput(incident.Id, 1), token)).Prompt!));
            var shown = Shown(run.Reasoning).ToList();
            foreach (var lie in liar.Lies.Where(lie => shown.Exists(one => one.Text == lie) || run.Comment.Contains(MarkdownText.Escape(lie), StringComparison.Ordinal) || run.Page.Contains(lie, StringComparison.Ordinal)))
            {
                leaks.Add($"{seed}: {lie}");
            }

            // A second look by other means: each number shown stands, digit for digit, in what is cited.
            var evidence = run.Reasoning.Found.Concat(run.Report.Diagnosis.Evidence).DistinctBy(one => one.Id).ToDictionary(one => one.Id, one => $"{one.Statement} {one.Onset:HH:mm}");
            foreach (var claim in shown.Where(claim => claim.Evidence.All(evidence.ContainsKey)))
            {
                var held = string.Join(' ', claim.Evidence.Select(id => evidence[id]));
                if (Digits().Matches(claim.Text).FirstOrDefault(match => !Digits().Matches(held).Select(one => one.Value).Contains(match.Value)) is { } invented)
                {
                    leaks.Add($"{seed}: {invented.Value} in {claim.Text}");
                }
            }

            Interlocked.Add(ref explained, run.Reasoning.Explains ? 1 : 0);
            Interlocked.Add(ref stood, shown.Count);
            Interlocked.Add(ref told, Claims(answer).Count(claim => !liar.Lies.Contains(claim.Text)));
            Interlocked.Add(ref struck, run.Reasoning.Struck.Sum(one => one.Count));
        });

        output.WriteLine($"{Runs} runs: {explained} explained, {struck} statements struck out, {stood} of {told} true ones shown, {leaks.Count} leaks.");
        leaks.ShouldBeEmpty();
        server.Complaints.ShouldBeEmpty();
        explained.ShouldBeGreaterThan(Runs / 2); // Or nothing was shown, and nothing proven.
        stood.ShouldBeGreaterThan(told / 2);
    }

    [Fact]
    public async Task A_careful_analyst_is_shown_whole()
    {
        await using var server = await ScriptedModelServer.StartAsync(request => ScriptedReply.Say(Json(Analyst.Answer(BriefReading.Of(request)))));
        using var client = new OpenAiChatClient(new OpenAiOptions { Model = "analyst", Endpoint = server.OpenAiBase, Time = TimeProvider.System });
        foreach (var incident in incidents.All)
        {
            var run = await incident.ReasonAsync(client, Settings("analyst"));

            run.Reasoning.Status.ShouldBe(ReasoningStatus.Explained, run.Reasoning.Why);
            run.Reasoning.Struck.ShouldBeEmpty();
            run.Reasoning.Narrative.Count.ShouldBeGreaterThan(1);
            run.Comment.ShouldContain("### As a model reads it");
            run.Page.ShouldContain("id=\"model\"");
        }
    }

    internal static ModelSettings Settings(string model) => new()
    {
        Where = "test",
        Provider = ModelProvider.OpenAiCompatible,
        Model = model,
        Price = new ModelPrice(3, 15),
    };

    internal static string Json(ModelAnswer answer) => JsonSerializer.Serialize(answer, AnswerJson.Default.ModelAnswer);

    internal static IEnumerable<CheckedClaim> Shown(Reasoning reasoning)
        => reasoning.Narrative.Concat(reasoning.Causes.SelectMany(cause => cause.Claims)).Concat(reasoning.Causes.Select(cause => cause.WouldDisprove).OfType<CheckedClaim>());

    private static IEnumerable<AnsweredClaim> Claims(ModelAnswer answer)
        => answer.Narrative.Concat(answer.Hypotheses.SelectMany(one => one.Claims.Append(one.WouldDisprove)));

    private static int SeedOf(string model) => int.Parse(model["liar-".Length..], CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\d+(?:\.\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
