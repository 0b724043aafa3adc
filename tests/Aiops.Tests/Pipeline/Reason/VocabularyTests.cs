using Aiops.Pipeline.Reason.Checks.Words;
using FsCheck;
using FsCheck.Fluent;

namespace Aiops.Tests.Pipeline.Reason;

public sealed class VocabularyTests
{
    [Fact]
    public void No_meaning_is_in_a_text_that_says_nothing()
        => Vocabulary.All.ShouldAllBe(one => !one.IsIn("") && !one.IsIn("zzz") && !one.IsIn("좀비"));

    [Fact]
    public void The_reverse_of_a_word_is_another_word() => Vocabulary.Of("well").IsIn("비정상").ShouldBeFalse();

    [Theory]
    [InlineData("up", "rose", "climbed", "increasing", "증가했습니다", "올랐습니다")]
    [InlineData("down", "fell", "dropped", "감소했고")]
    [InlineData("deploy", "deployed", "rolled out", "rolled-out", "배포된")]
    [InlineData("not", "doesn't", "didn’t", "without", "않습니다")]
    [InlineData("depends", "depends", "relies", "의존하므로")]
    public void A_line_knows_its_words_and_their_endings(string meaning, params string[] words)
        => words.ShouldAllBe(word => Vocabulary.Of(meaning).IsIn($"it {word} then"));

    [Theory]
    [InlineData("up", "prose", "supper", "uprising")]
    [InlineData("not", "note", "another")]
    [InlineData("errors", "terror")]
    public void And_no_other_word_that_has_them_in_it(string meaning, params string[] words)
        => words.ShouldAllBe(word => !Vocabulary.Of(meaning).IsIn($"it {word} then"));

    [Theory]
    [InlineData("it began at about the same time")]
    [InlineData("이는 사건의 시작입니다")]
    public void Plain_words_say_nothing(string text) => Vocabulary.Strange(text, isTest: false, _ => false).ShouldBeEmpty();

    [Theory]
    [InlineData("a zombie bit it", "zombie", "bit")]
    [InlineData("좀비가 물었습니다", "좀비가", "물었습니다")]
    public void Whatever_else_is_strange(string text, params string[] strange) => Vocabulary.Strange(text, isTest: false, _ => false).ShouldBe(strange);

    [Theory]
    [InlineData("stopping", "stopped", "stops", "stop")]
    [InlineData("reserved", "reserving", "reserve", "reserves")]
    [InlineData("retries", "retried", "retry")]
    public void Endings_make_no_other_word(params string[] words) => words.SelectMany(Vocabulary.Stems).Distinct().Count().ShouldBe(1);

    [Fact]
    public void Letters_at_random_are_strange_unless_the_evidence_has_them()
        => Prop.ForAll(Gen.Elements("bcdfgkzxqv".ToCharArray()).ArrayOf(7).Select(letters => new string(letters)).ToArbitrary(), word =>
        {
            Vocabulary.Strange($"it is {word}", isTest: false, _ => false).ShouldBe([word]);
            Vocabulary.Strange($"it is {word}", isTest: false, Vocabulary.Stems($"{word} it was").Contains).ShouldBeEmpty();
        }).QuickCheckThrowOnFailure();
}
