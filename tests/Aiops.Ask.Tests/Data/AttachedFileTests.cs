using Aiops.Ask.Catalogue;
using Aiops.Ask.Data;
using Aiops.Ask.Questions;
using Aiops.Ask.Tests.Shop;
using Aiops.PortTests.Running;

namespace Aiops.Ask.Tests.Data;

[NeedsDuckDb]
[Collection("shop")]
public sealed class AttachedFileTests(ShopFixture fixture) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aiops-ask-");

    [PortTheory]
    [InlineData("rows.parquet")]
    [InlineData("rows.csv")]
    [InlineData("rows.json")]
    [InlineData("rows.jsonl")]
    public async Task What_is_written_can_be_attached_again(string name)
    {
        var answered = new Answer.Answered
        {
            Title = "",
            IsCut = false,
            Sql = "",
            Plan = "",
            Turn = new Turn("", "", ""),
            Columns = [new("time", "TIMESTAMP"), new("service", "VARCHAR"), new("severity", "VARCHAR"), new("n", "BIGINT"), new("n", "DOUBLE"), new("ok", "BOOLEAN"), new("day", "DATE")],
            Rows =
            [
                [new DateTime(2026, 3, 1, 10, 0, 0, 250), "checkout", "ERROR", 1L, 0.5, true, new DateOnly(2026, 3, 1)],
                [new DateTime(2026, 3, 1, 11, 0, 0), "it's, \"quoted\"\n하나", null, null, null, null, null],
            ],
        };
        var file = Path.Combine(folder.FullName, name);
        AnswerExport.Write(answered, file);

        using var data = await OpenAsync(new AttachedFile("logs", file), new AttachedFile("mine", file));
        (await AskAsync(data, "SELECT time, service, severity, body FROM logs ORDER BY time")).ShouldBe([
            [answered.Rows[0][0], "checkout", "ERROR", null], [answered.Rows[1][0], answered.Rows[1][1], null, null]]);
        (await AskAsync(data, "SELECT n, n_2, ok, day FROM mine ORDER BY n NULLS LAST"))[0].ShouldBe([1L, 0.5, true, new DateOnly(2026, 3, 1)]);
    }

    [PortFact]
    public async Task Rows_of_a_file_join_those_that_are_loaded()
    {
        var file = Path.Combine(folder.FullName, "calls.csv");
        await File.WriteAllTextAsync(file, "caller,callee\nshop,checkout\n");
        using var data = await QuestionData.OpenAsync(KnowledgeLibrary.Shipped, new DataOptions { Feeds = [new ShopFeed(ShopData.Instance)], Files = [new AttachedFile("calls", file)] }, TimeProvider.System, default);
        (await AskAsync(data, "SELECT count(*) FROM calls"))[0][0].ShouldBe(ShopData.Instance.Calls.Count + 1L);
        data.Services.ShouldContain("shop");
    }

    [PortTheory]
    [InlineData("logs", "none.parquet", "does not exist")]
    [InlineData("logs", "a.txt", "no kind that is read")]
    [InlineData("logs", "other.csv", "no rows for logs")]
    [InlineData("x; DROP", "other.csv", "no table's name")]
    [InlineData("logs", "broken.parquet", "can't be read")]
    [InlineData("logs", "broken.json", "can't be read")]
    public async Task A_file_that_cannot_be_attached_is_named_with_the_reason(string table, string name, string reason)
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "a.txt"), "x");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "other.csv"), "a,b\n1,2\n");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "broken.parquet"), "PAR1");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "broken.json"), "{\"a\": ");
        (await Should.ThrowAsync<AttachException>(() => OpenAsync(new AttachedFile(table, Path.Combine(folder.FullName, name))))).Message.ShouldContain(reason);
    }

    [PortFact]
    public async Task Times_are_told_and_meant_by_the_clock_asked_for()
    {
        using var data = await QuestionData.OpenAsync(
            KnowledgeLibrary.Shipped, new DataOptions { Feeds = [new ShopFeed(ShopData.Instance)], TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Seoul") }, TimeProvider.System, default);
        (await AskAsync(data, "SELECT max(time) FROM spans"))[0][0].ShouldBe(ShopData.Now.AddHours(9));
        var answered = (Answer.Answered)await fixture.Desk(other: data).AskAsync(new Question("Which service lost most requests between 19 and 20?"), default);
        var (from, to) = (ShopData.Now.Date.AddHours(10), ShopData.Now.Date.AddHours(11));
        answered.Rows.Sum(row => (long)row[2]!).ShouldBe(ShopData.Instance.SpansIn(from, to).Count());
    }

    [PortFact]
    public async Task An_attached_file_is_the_only_one_that_can_be_read()
    {
        var file = Path.Combine(folder.FullName, "a.parquet");
        var answered = (Answer.Answered)await fixture.Desk(ScriptedClient.Says(ScriptedClient.Statement("SELECT caller, callee FROM calls"))).AskAsync(new Question("?"), default);
        AnswerExport.Write(answered, file);
        File.Copy(file, Path.Combine(folder.FullName, "b.parquet"));
        using var data = await OpenAsync(new AttachedFile("calls", file));
        (await AskAsync(data, "SELECT count(*) FROM calls"))[0][0].ShouldBe((long)ShopData.Instance.Calls.Count);
        await Should.ThrowAsync<Ask.DuckDb.DuckDbException>(() => data.UseAsync(connection => connection.Query($"SELECT * FROM read_parquet('{Path.Combine(folder.FullName, "b.parquet")}')"), default));
    }

    [PortFact]
    public async Task A_column_s_name_is_a_name_whatever_it_holds()
    {
        var secret = Path.Combine(folder.FullName, "secret.txt");
        await File.WriteAllTextAsync(secret, "hunter2");
        var file = Path.Combine(folder.FullName, "a.csv");
        await File.WriteAllTextAsync(file, $"\"zz, (SELECT content FROM read_text('{secret}')) AS service\",order id,group\n1,2,3\n");
        using var data = await OpenAsync(new AttachedFile("mine", file));
        data.Find("mine")!.Table.Columns.Select(column => column.Name).ShouldBe([$"zz, (SELECT content FROM read_text('{secret}')) AS service", "order id", "group"]);
        (await AskAsync(data, "SELECT \"order id\", \"group\" FROM mine"))[0].ShouldBe([2L, 3L]);
        data.Services.ShouldNotContain("hunter2");
    }

    [PortFact]
    public async Task A_value_that_is_not_of_its_column_s_type_is_the_file_s_fault()
    {
        var file = Path.Combine(folder.FullName, "a.csv");
        await File.WriteAllTextAsync(file, "time,service\nyesterday,checkout\n");
        (await Should.ThrowAsync<AttachException>(() => OpenAsync(new AttachedFile("logs", file)))).Message.ShouldContain("a.csv");
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static Task<QuestionData> OpenAsync(params AttachedFile[] files)
        => QuestionData.OpenAsync(KnowledgeLibrary.Shipped, new DataOptions { Files = files }, TimeProvider.System, default);

    private async Task<IReadOnlyList<object?[]>> AskAsync(QuestionData data, string sql)
        => (await fixture.Desk(ScriptedClient.Says(ScriptedClient.Statement(sql)), data).AskAsync(new Question("?"), default)).ShouldBeOfType<Answer.Answered>().Rows;
}
