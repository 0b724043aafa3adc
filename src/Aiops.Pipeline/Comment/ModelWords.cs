using System.Globalization;
using Aiops.Pipeline.Reason;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Pipeline.Comment;

/// <summary>What we say ourselves around a model's sentences, in the languages that ship.</summary>
public static class ModelWords
{
    internal static string Title(ModelLanguage language) => language is ModelLanguage.Korean ? "모델의 설명" : "As a model reads it";

    internal static string TryFirst(ModelLanguage language) => language is ModelLanguage.Korean ? "먼저 시도" : "try first";

    internal static string WouldDisprove(ModelLanguage language) => language is ModelLanguage.Korean ? "반증 방법" : "would disprove it";

    /// <summary>That the order isn't the engine's.</summary>
    internal static string Moved(ModelLanguage language, string component) => language is ModelLanguage.Korean
        ? $"수치만으로는 우열을 가릴 수 없어 모델이 {component}을(를) 첫 번째로 두었습니다. 신뢰도는 엔진의 값입니다."
        : $"The figures can't tell the first two apart; the model puts {component} first. The confidences are the engine's.";

    /// <summary>One line: which model, what it said or why not, and what it cost.</summary>
    public static string Account(Reasoning reasoning) => reasoning.Language is ModelLanguage.Korean ? Korean(reasoning) : English(reasoning);

    /// <summary>The same for a footer: short.</summary>
    internal static string Short(Reasoning? reasoning) => reasoning switch
    {
        null => "no model",
        { Explains: true, FromCache: true } => $"{reasoning.Model}, answer known, $0",
        { Explains: true } => $"{reasoning.Model}, {Money(reasoning.Spent)}",
        { Status: ReasoningStatus.NotAsked } => "no model asked, $0",
        _ => $"figures alone, model {Money(reasoning.Spent)}",
    };

    private static string English(Reasoning reasoning)
    {
        var struck = reasoning.Struck.Sum(one => one.Count);
        var said = reasoning.Status switch
        {
            ReasoningStatus.NotAsked => "was not asked.",
            ReasoningStatus.Explained => "explained; each sentence was checked against the evidence that it names.",
            ReasoningStatus.Partial => "explained in part.",
            ReasoningStatus.Struck => "was not believed; the figures stand alone.",
            _ => "gave no answer; the figures stand alone.",
        };
        return $"{reasoning.Model} {said}{Because(reasoning)}{(struck > 0 ? $" {struck} {(struck == 1 ? "statement was" : "statements were")} struck out." : "")} {Cost(reasoning)}";
    }

    private static string Cost(Reasoning reasoning) => reasoning.FromCache
        ? "The same evidence had been explained before: $0."
        : string.Create(CultureInfo.InvariantCulture, $"{reasoning.Spent.Calls} {(reasoning.Spent.Calls == 1 ? "call" : "calls")}, {reasoning.Spent.Tokens:#,##0} tokens, {Money(reasoning.Spent)}.");

    private static string Korean(Reasoning reasoning)
    {
        var struck = reasoning.Struck.Sum(one => one.Count);
        var said = reasoning.Status switch
        {
            ReasoningStatus.NotAsked => "묻지 않았습니다.",
            ReasoningStatus.Explained => "설명했습니다. 각 문장은 인용한 근거와 대조되었습니다.",
            ReasoningStatus.Partial => "일부만 설명했습니다.",
            ReasoningStatus.Struck => "근거에 없는 내용이 많아 쓰지 않았습니다. 수치 분석만 남깁니다.",
            _ => "답이 없었습니다. 수치 분석만 남깁니다.",
        };
        var cost = reasoning.FromCache
            ? "같은 근거에 대한 설명이 이미 있었습니다: $0."
            : string.Create(CultureInfo.InvariantCulture, $"호출 {reasoning.Spent.Calls}회, {reasoning.Spent.Tokens:#,##0} 토큰, {Money(reasoning.Spent)}.");
        return $"{reasoning.Model}: {said}{Because(reasoning)}{(struck > 0 ? $" {struck}개 문장을 지웠습니다." : "")} {cost}";
    }

    private static string Because(Reasoning reasoning) => reasoning.Why is { } why ? $" {why}" : "";

    private static string Money(ModelSpend spend) => string.Create(CultureInfo.InvariantCulture, $"${spend.MicroDollars / 1e6:0.####}");
}
