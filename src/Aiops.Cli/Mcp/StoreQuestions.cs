using System.Text.Json.Nodes;
using Aiops.Ask.Catalogue;
using Aiops.Ask.Data;
using Aiops.Ask.Questions;
using Aiops.Mcp;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Cli.Mcp;

/// <summary>Questions over a host's incidents and the recordings named at the start, read anew when what was read is a minute old.</summary>
internal sealed class StoreQuestions(IReadOnlyList<ITableFeed> feeds, Func<CancellationToken, Task<MeteredModel?>> openModel, TimeProvider time) : IQuestions, IDisposable
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(1);
    private static readonly AskLimits Limits = new() { Rows = 200 };

    private readonly SemaphoreSlim turn = new(1, 1);
    private QuestionData? data;
    private MeteredModel? model;
    private DateTimeOffset readAt;

    /// <inheritdoc/>
    public async Task<JsonObject> AskAsync(string question, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (data is null || time.GetUtcNow() - readAt >= FreshFor)
            {
                data?.Dispose();
                data = null;
                readAt = time.GetUtcNow();
                model = await openModel(cancellationToken);
                data = await QuestionData.OpenAsync(KnowledgeLibrary.Shipped, new DataOptions { Feeds = feeds, Limits = Limits }, time, cancellationToken);
            }

            return AnswerJson.Of(await new QuestionDesk(KnowledgeLibrary.Shipped, data, model, time).AskAsync(new Question(question), cancellationToken));
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        data?.Dispose();
        turn.Dispose();
    }
}
