using Aiops.Ask.Catalogue;
using Aiops.Ask.Questions;
using Aiops.Ask.Tests.Shop;
using Aiops.Ask.TrustedAnswers;
using Aiops.PortTests.Running;

namespace Aiops.Ask.Tests.Data;

[NeedsDuckDb]
[Collection("shop")]
public sealed class KnowledgeTests(ShopFixture fixture)
{
    private static readonly PairIndex Index = new(KnowledgeLibrary.Shipped);

    public static TheoryData<string> Pairs => [.. KnowledgeLibrary.Shipped.Pairs.Select(pair => pair.Id)];

    [PortTheory]
    [MemberData(nameof(Pairs))]
    public async Task Every_pair_that_ships_passes_the_checks_and_answers_its_own_wordings(string id)
    {
        var pair = KnowledgeLibrary.Shipped.Pairs.First(one => one.Id == id);
        foreach (var wording in pair.Wordings)
        {
            var answered = (await fixture.Desk().AskAsync(new Question(wording), default)).ShouldBeOfType<Answer.Answered>(wording);
            answered.Trusted!.Likeness.ShouldBeGreaterThanOrEqualTo(PairIndex.LikeEnough, wording);
            answered.Trusted.Pair.ShouldBe(id, wording);
        }
    }

    [Theory]
    [InlineData("Who calls payments?", "callers-of-service")]
    [InlineData("Which services does payments call?", "dependencies-of-service")]
    [InlineData("p99 for each microservice", "slowest-services")]
    [InlineData("error logs per service", "error-lines-by-service")]
    public void Other_words_for_the_same_find_the_same_pair(string question, string pair)
        => Index.Find(question, ["payments"], 5).Pairs.MaxBy(one => one.Likeness)!.Pair.Id.ShouldBe(pair);

    [Theory]
    [InlineData("pairs: [{id: a, question: b, sql: 'SELECT $nothing', title: t}]", "$nothing")]
    [InlineData("pairs: [{id: a, question: b, sql: SELECT 1, title: t, chart: pie}]", "pie")]
    [InlineData("pairs: [{id: a, question: b, sql: SELECT 1, title: t, answer: 42}]", "answer")]
    [InlineData("pairs: [{id: a, question: b}]", "sql is missing")]
    [InlineData("pairs: [{id: a, question: b, sql: SELECT 1, title: t}, {id: a, question: c, sql: SELECT 2, title: t}]", "twice")]
    [InlineData("tables: [{name: 'x; DROP', description: d, columns: [{name: a, type: VARCHAR, description: e}]}]", "no table's name")]
    [InlineData("tables: [{name: x, description: d, columns: [{name: a, type: JSON, description: e}]}]", "JSON")]
    [InlineData("- a list", "one mapping")]
    [InlineData("pairs: [", "isn't YAML")]
    public void A_knowledge_file_that_says_what_is_not_understood_is_refused_by_name(string yaml, string said)
        => Should.Throw<KnowledgeException>(() => KnowledgeLibrary.Read([("mine.yaml", yaml)])).Message.ShouldSatisfyAllConditions(
            message => message.ShouldStartWith("mine.yaml:"), message => message.ShouldContain(said));

    [Fact]
    public void A_folder_replaces_what_ships_under_the_same_name()
    {
        var folder = Directory.CreateTempSubdirectory("aiops-ask-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "mine.yaml"), "pairs: [{id: open-incidents, question: What now, sql: SELECT 1 AS one, title: Mine}]");
            var library = KnowledgeLibrary.WithFolder(folder.FullName);
            library.Pairs.Count.ShouldBe(KnowledgeLibrary.Shipped.Pairs.Count);
            library.Pairs.Single(pair => pair.Id == "open-incidents").Title.ShouldBe("Mine");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
