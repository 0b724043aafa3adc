using Aiops.Ask.Catalogue;
using Aiops.Ask.Data;
using Aiops.Ask.Questions;
using Aiops.Cli.Ask;
using Aiops.Local.Hosting;

namespace Aiops.Console.Tests;

public sealed class QuestionTablesTests
{
    private readonly ReplayClock clock = new(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    [QuestionFact]
    public async Task Tables_are_loaded_once_until_they_are_old_and_whoever_holds_the_old_ones_can_still_ask_them()
    {
        var loaded = 0;
        using QuestionTables tables = new(
            cancellationToken =>
            {
                loaded++;
                return QuestionData.OpenAsync(KnowledgeLibrary.Shipped, new DataOptions(), clock, cancellationToken);
            },
            clock);
        var first = await tables.TakeAsync(default);
        clock.AdvanceTo(clock.GetUtcNow() + QuestionTables.Fresh - TimeSpan.FromTicks(1));
        using (var second = await tables.TakeAsync(default))
        {
            second.Data.ShouldBeSameAs(first.Data);
        }

        clock.AdvanceTo(clock.GetUtcNow() + TimeSpan.FromTicks(1));
        using var third = await tables.TakeAsync(default);
        third.Data.ShouldNotBeSameAs(first.Data);
        loaded.ShouldBe(2);
        (await AskAsync(first.Data)).ShouldBeOfType<Answer.Answered>();
        first.Dispose();
        await Should.ThrowAsync<ObjectDisposedException>(() => AskAsync(first.Data)); // Nobody holds them any more.
        (await AskAsync(third.Data)).ShouldBeOfType<Answer.Answered>();
    }

    private Task<Answer> AskAsync(QuestionData data) => new QuestionDesk(KnowledgeLibrary.Shipped, data, null, clock).AskAsync(new Question("5xx by endpoint"), default);
}
