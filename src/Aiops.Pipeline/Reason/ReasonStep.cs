using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json;
using Aiops.Pipeline.Classify;
using Aiops.Pipeline.GatherContext;
using Aiops.Pipeline.Learn.Retrieval;
using Aiops.Pipeline.Masking;
using Aiops.Pipeline.Reason.Answer;
using Aiops.Pipeline.Reason.Briefing;
using Aiops.Pipeline.Reason.Checks;
using Aiops.Pipeline.Reason.Dialogue;
using Aiops.Pipeline.Reason.Models;
using Aiops.Pipeline.Recommend;
using Microsoft.Extensions.Logging;

namespace Aiops.Pipeline.Reason;

/// <summary>What a host has for reasoning; a host without a model has none of it.</summary>
/// <param name="Outages">Who waits for the model to come back; null where nobody brings them round again.</param>
/// <param name="Gatherer">Asks live sources for what wasn't gathered; null where there are none.</param>
public sealed record ReasonParts(MeteredModel Model, IModelOutages? Outages, ContextGatherer? Gatherer, KnowledgeIndexes? Knowledge);

/// <summary>
/// Asks a model to explain the round's diagnosis, holds its answer against the evidence and stores what stood, with what it cost.
/// Whatever goes wrong is stored as such: the comment comes anyway and says so.
/// </summary>
/// <param name="parts">Null on a host without a model: the stage then does nothing and leaves nothing.</param>
public sealed partial class ReasonStep(
    IIncidents incidents, IDocumentStore documents, PlaybookLibrary playbooks, ReasonParts? parts, TimeProvider time, ILogger<ReasonStep> logger)
{
    private static readonly Meter Meter = new("Aiops.Reason");
    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>("aiops.model.tokens", "{token}", "Tokens of analyses, input and output.");
    private static readonly Counter<double> Cost = Meter.CreateCounter<double>("aiops.model.cost", "USD", "What analyses cost.");

    /// <exception cref="StoreUnavailableException">Retried by the workflow.</exception>
    public async Task<ReasonOutput> RunAsync(ReasonInput input, CancellationToken cancellationToken)
    {
        if (parts is null)
        {
            return new ReasonOutput(input.IncidentId, null);
        }

        var source = await SourceAsync(input, cancellationToken);
        var members = await incidents.MembersAsync(input.IncidentId, cancellationToken);
        if (ReasonGate.Against(members, source?.Classification, source?.Diagnosis) is { } against)
        {
            return await EndAsync(input, New(ReasoningStatus.NotAsked) with { Why = against }, cancellationToken);
        }

        // What a stage that is stopped leaves behind: the comment then says that the model was asked and nothing came.
        await PutAsync(input, New(ReasoningStatus.Unanswered) with { Why = "It was asked, and the stage was stopped before it had answered.", Failure = ModelFailure.TimedOut }, cancellationToken);
        Reasoning reasoning;
        try
        {
            reasoning = await ReasonAsync(input, source!, parts, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException and not StoreUnavailableException)
        {
            LogFailed(e, input.IncidentId);
            reasoning = New(ReasoningStatus.Unanswered) with { Why = "Reasoning failed by a fault of ours, which the log tells." };
        }

        return await EndAsync(input, reasoning, cancellationToken);
    }

    /// <summary>Exactly what the first call would send; null where nobody would be asked, with the reason.</summary>
    public async Task<(string? Prompt, string? Why)> PromptAsync(ReasonInput input, CancellationToken cancellationToken)
    {
        var source = await SourceAsync(input, cancellationToken);
        var members = await incidents.MembersAsync(input.IncidentId, cancellationToken);
        return parts is null ? (null, "No model is configured.")
            : ReasonGate.Against(members, source?.Classification, source?.Diagnosis) is { } against ? (null, against)
            : ($"{Instructions.For(parts.Model.Settings.Language)}\n\n{Instructions.Ask}\n{Instructions.Fenced(new BriefWriter(Hide(Names)).Write(source!).Json)}", null);
    }

    private async Task<Reasoning> ReasonAsync(ReasonInput input, BriefSource source, ReasonParts model, CancellationToken cancellationToken)
    {
        var names = Names;
        var brief = new BriefWriter(Hide(names)).Write(source);
        var key = DocumentKeys.KnownAnswer(KnownAnswer.HashOf(model.Model.Settings, brief.Json));
        if (await documents.GetAsync(key, cancellationToken) is { } kept && JsonSerializer.Deserialize(kept, ReasonJson.Default.KnownAnswer) is { } known)
        {
            return Checked(brief, known.Answer, known.Found, names) with { FromCache = true };
        }

        var index = model.Knowledge is { } knowledge ? await knowledge.OfAsync(source.Incident.Scope, cancellationToken) : null;
        var tools = new ReasonTools(source, new ToolSources(model.Gatherer, index, input.Round), names);
        var run = string.Create(CultureInfo.InvariantCulture, $"{input.IncidentId}/{input.Round}/{model.Model.Clock.GetUtcNow().UtcTicks}");
        var ended = await new ReasonDialogue(model.Model, tools).RunAsync(
            input.IncidentId, run, Instructions.For(model.Model.Settings.Language), Instructions.Fenced(brief.Json), cancellationToken);
        var transcript = new Transcript(model.Model.Settings.Model, time.GetUtcNow(), ended.Entries);
        await documents.PutAsync(DocumentKeys.Transcript(input.IncidentId, input.Round), JsonSerializer.SerializeToUtf8Bytes(transcript, ReasonJson.Default.Transcript), cancellationToken);
        if (ended.Answer is null)
        {
            return New(ReasoningStatus.Unanswered) with { Why = ended.Why, Failure = ended.Failure, Spent = ended.Spent };
        }

        var reasoning = Checked(brief, ended.Answer, ended.Found, names) with { Spent = ended.Spent };
        if (ended.Cut is null && reasoning.Status is ReasoningStatus.Explained)
        {
            await documents.PutAsync(key, JsonSerializer.SerializeToUtf8Bytes(new KnownAnswer(ended.Answer, ended.Found), ReasonJson.Default.KnownAnswer), cancellationToken);
        }

        return ended.Cut is { } cut && reasoning.Status is ReasoningStatus.Explained
            ? reasoning with { Status = ReasoningStatus.Partial, Why = $"It had to answer early: {cut}." }
            : reasoning;
    }

    /// <summary>What stands of an answer. Its hidden words are put back first, so that it is held against what was seen.</summary>
    private Reasoning Checked(Brief brief, string text, IReadOnlyList<Evidence> found, Pseudonyms? names)
    {
        var answer = AnswerReader.Read(names is null ? text : RestoredJson(text, names), out var problem);
        if (answer is null)
        {
            return New(ReasoningStatus.Unanswered) with { Why = problem, Failure = ModelFailure.Malformed };
        }

        Dictionary<string, Citable> citables = new(brief.Citables, StringComparer.Ordinal);
        foreach (var one in found)
        {
            citables[one.Id] = BriefWriter.CitableOf(one);
        }

        var stood = new AnswerCheck(brief, citables).Check(answer);
        if (!stood.Stands)
        {
            return New(ReasoningStatus.Struck) with { Why = "Too much of what it said isn't held by the evidence.", Struck = stood.Struck };
        }

        var own = brief.Diagnosis.Evidence.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        var cited = stood.Narrative.Concat(stood.Causes.SelectMany(cause => cause.Claims)).Concat(stood.Causes.Select(cause => cause.WouldDisprove).OfType<CheckedClaim>())
            .SelectMany(claim => claim.Evidence).Concat(stood.Actions.SelectMany(action => action.Evidence)).ToHashSet(StringComparer.Ordinal);
        return New(ReasoningStatus.Explained) with
        {
            Narrative = stood.Narrative,
            Causes = stood.Causes,
            Actions = stood.Actions,
            Order = stood.Order,
            Struck = stood.Struck,
            Found = [.. citables.Values.Where(one => one.Evidence is not null && cited.Contains(one.Id) && !own.Contains(one.Id)).Select(one => one.Evidence!)],
        };
    }

    // What is put back stands inside JSON strings.
    private static string RestoredJson(string text, Pseudonyms names)
        => names.Restore(text, value => JsonEncodedText.Encode(value).ToString());

    private async Task<BriefSource?> SourceAsync(ReasonInput input, CancellationToken cancellationToken)
    {
        var incident = await incidents.GetAsync(input.IncidentId, cancellationToken);
        var members = await incidents.MembersAsync(input.IncidentId, cancellationToken);
        if (await documents.EngineDiagnosisAsync(incident.Id, input.Round, cancellationToken) is not { } diagnosis)
        {
            return null;
        }

        var classification = await documents.GetAsync(DocumentKeys.Classification(incident.Id, input.Round), cancellationToken) is { } judged
            ? JsonSerializer.Deserialize(judged, ClassifyJson.Default.Classification)
            : null;
        var context = await new ContextDocuments(documents).ReadAsync(incident.Id, input.Round, AnalysisWindows.For(incident, incident.LastEventAt), cancellationToken);
        context = diagnosis.Similar is { } similar ? context with { PastIncidents = similar } : context;
        var fitting = new Recommender(playbooks).Recommend(incident, members, diagnosis, classification?.Kind ?? IncidentKind.Unknown, context);
        return new BriefSource(incident, classification, context, diagnosis, fitting);
    }

    private async Task<ReasonOutput> EndAsync(ReasonInput input, Reasoning reasoning, CancellationToken cancellationToken)
    {
        await PutAsync(input, reasoning, cancellationToken);
        if (parts!.Outages is { } outages)
        {
            await (reasoning.Failure is ModelFailure.Throttled or ModelFailure.Unavailable or ModelFailure.TimedOut or ModelFailure.Refused
                ? outages.PutAsync(new ModelOutage(input.IncidentId, input.Round, time.GetUtcNow()), cancellationToken)
                : outages.RemoveAsync(input.IncidentId, cancellationToken));
        }

        KeyValuePair<string, object?> model = new("gen_ai.request.model", reasoning.Model);
        Tokens.Add(reasoning.Spent.Tokens, model);
        Cost.Add(reasoning.Spent.MicroDollars / 1e6, model);
        LogReasoned(input.IncidentId, reasoning.Status, reasoning.Struck.Sum(struck => struck.Count), reasoning.Spent.Tokens, reasoning.Spent.MicroDollars / 1e6);
        return new ReasonOutput(input.IncidentId, reasoning.Status, reasoning.Why, reasoning.Spent.Calls, reasoning.Spent.Tokens, reasoning.Spent.MicroDollars);
    }

    private Task PutAsync(ReasonInput input, Reasoning reasoning, CancellationToken cancellationToken)
        => documents.PutAsync(DocumentKeys.Reasoning(input.IncidentId, input.Round), JsonSerializer.SerializeToUtf8Bytes(reasoning, ReasonJson.Default.Reasoning), cancellationToken);

    private Reasoning New(ReasoningStatus status) => new()
    {
        Status = status,
        Model = parts!.Model.Settings.Model,
        Language = parts.Model.Settings.Language,
        At = time.GetUtcNow(),
    };

    private Pseudonyms? Names => parts!.Model.Settings.MaskReversibly ? new Pseudonyms(parts.Model.Settings.Names) : null;

    private static Func<string, string> Hide(Pseudonyms? names) => names is null ? text => text : names.Hide;

    [LoggerMessage(LogLevel.Information, "Reasoned about {IncidentId}: {Status}, {Struck} struck out, {Tokens} tokens, {Dollars} USD")]
    private partial void LogReasoned(string incidentId, ReasoningStatus status, int struck, long tokens, double dollars);

    [LoggerMessage(LogLevel.Error, "Reasoning about {IncidentId} failed")]
    private partial void LogFailed(Exception exception, string incidentId);
}
