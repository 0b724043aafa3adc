using System.Text.Json;
using System.Text.RegularExpressions;
using Aiops.Analysis.LogPatterns;
using Aiops.Analysis.Telemetry;
using Aiops.Pipeline;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Reason;
using Aiops.Reason.Tests.Scripted;
using Aiops.ScriptedModel;

namespace Aiops.Reason.Tests.Runs;

/// <summary>Secrets planted wherever text comes from outside: none stands in any request, in a transcript, or in a comment.</summary>
public sealed partial class SecretsTests(AnalysedIncidents incidents) : IClassFixture<AnalysedIncidents>
{
    private const int Planted = 500;
    private const int PerRun = 20;

    [Fact]
    public async Task No_planted_secret_stands_in_a_request_and_the_words_around_it_do()
    {
        // Asks for logs and changes too, and repeats what it read: the way in and the way out.
        await using var server = await ScriptedModelServer.StartAsync(request =>
        {
            var brief = BriefReading.Of(request);
            return request.ToolResults.Count > 0
                ? ScriptedReply.Say(ThousandRunsTests.Json(Analyst.Answer(brief)))
                : new ScriptedReply.ToolCalls([new("query_logs", """{"component":"checkout"}"""), new("query_changes", """{"component":"checkout"}"""), new("search_knowledge", """{"words":"checkout"}""")]);
        });
        List<string> secrets = [];
        var (transcripts, lost) = (new List<string>(), new List<int>());
        for (var run = 0; run < Planted / PerRun; run++)
        {
            var (first, planted) = (run * PerRun, new PlantedSecrets(run));
            var plants = Enumerable.Range(first, PerRun).Select(number => (Number: number, Told: planted.Next(number))).ToList();
            secrets.AddRange(plants.SelectMany(plant => plant.Told.Secrets));
            using var client = AnyWire.Client(run % 2 == 0 ? ModelWire.OpenAi : ModelWire.Bedrock, server);
            var seen = server.Requests.Count;
            var incident = incidents.All[0];
            var reasoned = await incident.ReasonAsync(
                client, ThousandRunsTests.Settings("test-model") with { Names = PlantedSecrets.Names },
                prepare: documents => PlantAsync(documents, incident.Id, [.. plants.Select(plant => $"plant{plant.Number} {plant.Told.Text}")]),
                told: one => one with { Title = $"plant{first} {plants[0].Told.Text}" });

            reasoned.Reasoning.Status.ShouldNotBe(ReasoningStatus.Unanswered);
            var bodies = string.Join("\n", server.Requests.Skip(seen).Select(request => Plain(request.Raw.Body)));
            lost.AddRange(plants.Select(plant => plant.Number).Where(number => !Regex.IsMatch(bodies, $@"\bplant{number}\b", RegexOptions.None, TimeSpan.FromSeconds(5))));
            transcripts.Add(System.Text.Encoding.UTF8.GetString((await reasoned.Documents.GetAsync(DocumentKeys.Transcript(incident.Id, 1), default))!));
        }

        var sent = string.Join("\n", server.Requests.SelectMany(request => new[] { request.Raw.Body, request.Raw.Path, Plain(request.Raw.Body) }).Concat(transcripts).Concat(transcripts.Select(Plain)));
        secrets.Count.ShouldBeGreaterThanOrEqualTo(Planted);
        secrets.Where(secret => sent.Contains(secret, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        lost.Count.ShouldBeLessThan(Planted / 10, string.Join(' ', lost)); // Or nothing was sent, and nothing proven.
        server.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_hidden_reversibly_is_sent_where_the_settings_say_so_and_secrets_are_not()
    {
        await using var server = await ScriptedModelServer.StartAsync(request => ScriptedReply.Say(ThousandRunsTests.Json(Analyst.Answer(BriefReading.Of(request)))));
        using var client = AnyWire.Client(ModelWire.OpenAi, server);
        var incident = incidents.All[0];

        await incident.ReasonAsync(
            client, ThousandRunsTests.Settings("test-model") with { MaskReversibly = false },
            prepare: documents => PlantAsync(documents, incident.Id, ["connect to 10.1.2.3 with password=hunter2hunter2 timed out"]));

        server.Requests[0].Raw.Body.ShouldContain("10.1.2.3");
        server.Requests[0].Raw.Body.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task What_was_hidden_is_put_back_before_an_answer_is_checked_and_shown()
    {
        await using var server = await ScriptedModelServer.StartAsync(request =>
        {
            var brief = BriefReading.Of(request);
            var first = brief.Items["E2"];
            first.Text.ShouldContain("[ip-1]");
            var answer = Analyst.Answer(brief);
            return ScriptedReply.Say(ThousandRunsTests.Json(answer with { Narrative = [new() { Text = $"{first.Component} speaks with [ip-1].", Evidence = ["E2"] }] }));
        });
        using var client = AnyWire.Client(ModelWire.OpenAi, server);
        var incident = incidents.All[0];

        var run = await incident.ReasonAsync(client, ThousandRunsTests.Settings("test-model"), prepare: documents => BehaviourTests.RewriteAsync(documents, incident.Id, diagnosis => diagnosis with
        {
            Evidence = [.. diagnosis.Evidence.Select(one => one.Id == "E2" ? one with { Statement = $"{one.Component} speaks with 10.1.2.3 since 14:17." } : one)],
        }));

        run.Reasoning.Narrative.ShouldHaveSingleItem().Text.ShouldEndWith("speaks with 10.1.2.3.");
    }

    private static async Task PlantAsync(IDocumentStore documents, string incidentId, IReadOnlyList<string> plants)
    {
        var queue = new Queue<string>(plants);
        await BehaviourTests.RewriteAsync(documents, incidentId, diagnosis => diagnosis with
        {
            Evidence = [.. diagnosis.Evidence.Select((one, at) => at is > 4 and < 10 && queue.TryDequeue(out var plant) ? one with { Statement = plant } : one)],
            Similar = [.. Some(2).Select((plant, at) => new PastIncident($"INC-{at}", "", default, .5, [plant], plant, "checkout"))],
        });
        await RewriteAsync(ContextSource.Logs, part => part with
        {
            Logs = [.. Some(7).Select((plant, at) => new LogPatternShift("checkout", $"p{at}", plant, "ERROR", 0, 9, null, plant) { Trend = LogPatternTrend.New, Significance = 99 - at })],
        });
        await RewriteAsync(ContextSource.Changes, part => part with
        {
            Changes = [.. Some(20).Select((plant, at) => new Change(part.Windows.Incident.Start.AddMinutes(at - 30), "checkout", ChangeKind.Other, plant))],
        });

        List<string> Some(int most)
        {
            List<string> some = [];
            while (some.Count < most && queue.TryDequeue(out var plant))
            {
                some.Add(plant);
            }

            return some;
        }

        async Task RewriteAsync(ContextSource source, Func<ContextPart, ContextPart> rewrite)
        {
            var key = DocumentKeys.Context(incidentId, 1, source);
            var part = JsonSerializer.Deserialize((await documents.GetAsync(key, default))!, ContextJson.Default.ContextPart)!;
            await documents.PutAsync(key, JsonSerializer.SerializeToUtf8Bytes(rewrite(part), ContextJson.Default.ContextPart), default);
        }
    }

    // JSON may write a letter as \u0041: a secret written so would be sent all the same.
    private static string Plain(string json) => Escaped().Replace(json, match => ((char)Convert.ToInt32(match.Groups["code"].Value, 16)).ToString());

    [GeneratedRegex(@"\\u(?<code>[0-9A-Fa-f]{4})", RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();
}
