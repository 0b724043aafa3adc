using Aiops.Ask.Catalogue;
using Aiops.Ask.Data;
using Aiops.Ask.DuckDb;
using Aiops.Ask.Feeds;
using Aiops.Ask.Questions;
using Aiops.Ask.ServiceReport;
using Aiops.Ask.Sql;
using Aiops.Console;
using Aiops.Local.Hosting;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Cli.Ask;

/// <summary>Questions for the console, over what this machine's state folder holds and the recording that it takes telemetry from.</summary>
/// <param name="model">Null where none is configured.</param>
internal sealed class LocalQuestions(LocalHost host, MeteredModel? model, QuestionSources sources, TimeProvider time) : IConsoleQuestions, IDisposable
{
    private const int MostExamples = 6;

    private readonly QuestionTables tables = new(cancellationToken => OpenAsync(host, sources, time, cancellationToken), time);
    private readonly Conversations conversations = new(time);

    public async Task<QuestionScope> ScopeAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var lease = await tables.TakeAsync(cancellationToken);
            return new QuestionScope
            {
                HasModel = model is not null,
                LongestQuestion = lease.Data.Limits.QuestionLength,
                Services = lease.Data.Services,
                Tables = [.. lease.Data.Tables.Where(table => table.Rows > 0).Select(table => new FilledTable(table.Table.Name, table.Table.Description, table.Rows))],
                Examples = [.. sources.Knowledge.Pairs.Take(MostExamples).Select(pair => pair.Question)],
                AsOf = lease.AsOf,
            };
        }
        catch (Exception e) when (e is DuckDbMissingException or AttachException or DllNotFoundException or BadImageFormatException)
        {
            return new QuestionScope { Absent = e is AttachException ? e.Message : $"Questions need DuckDB's library, which isn't here. {DuckDbLibrary.Remedy} Then start the server again." };
        }
    }

    public async Task<QuestionAnswer> AskAsync(AskedQuestion question, CancellationToken cancellationToken)
    {
        using var lease = await tables.TakeAsync(cancellationToken);
        var before = conversations.Find(question.Asker, question.Conversation);
        var desk = new QuestionDesk(sources.Knowledge, lease.Data, model, time);
        var answer = await desk.AskAsync(new Question(WithService(question.Text, question.Service)) { Before = before }, cancellationToken);
        var kept = answer is Answer.Answered { Turn: var turn } ? conversations.Keep(question.Asker, question.Conversation, before, turn)
            : before.Count > 0 ? question.Conversation : null;
        return AnswerPage.Of(answer, kept);
    }

    public async Task<ServiceAnalysis> AnalyseAsync(string service, TimeSpan last, CancellationToken cancellationToken)
    {
        using var lease = await tables.TakeAsync(cancellationToken);
        var desk = new ReportDesk(lease.Data, time);
        try
        {
            return AnswerPage.Of(await desk.WriteAsync(service, desk.Last(last, null), cancellationToken));
        }
        catch (Exception e) when (e is KeyNotFoundException or StatementException)
        {
            return new ServiceAnalysis(service, e.Message, []);
        }
    }

    public void Dispose() => tables.Dispose();

    private static Task<QuestionData> OpenAsync(LocalHost host, QuestionSources sources, TimeProvider time, CancellationToken cancellationToken)
        => QuestionData.OpenAsync(
            sources.Knowledge,
            new DataOptions
            {
                Feeds = [new IncidentFeed(host.Incidents, host.Documents, host.Cases), .. host.Options.Telemetry is { } recording ? [AskOptions.FeedOf(recording)] : Array.Empty<ITableFeed>()],
                Files = sources.Files,
                Limits = new AskLimits { Rows = AnswerPage.MostRows * 5 },
                TimeZone = sources.TimeZone,
            },
            time,
            cancellationToken);

    private static string WithService(string text, string? service)
        => service is null || text.Contains(service, StringComparison.OrdinalIgnoreCase) ? text : $"{text.TrimEnd(' ', '?', '.', '!')} for {service}?";
}

/// <summary>What questions are asked of beside the state folder.</summary>
internal sealed record QuestionSources
{
    public KnowledgeLibrary Knowledge { get; init; } = KnowledgeLibrary.Shipped;

    public IReadOnlyList<AttachedFile> Files { get; init; } = [];

    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;
}
