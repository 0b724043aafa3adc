using System.Globalization;
using System.Text.RegularExpressions;
using Aiops.Pipeline.Reason.Answer;

namespace Aiops.Reason.Tests.Runs;

/// <summary>A careful analyst's answer with lies among it, of every kind that the check claims to find, made from a seed.</summary>
/// <param name="mostLies">Few enough, and what is true is still shown: that is where a lie would do harm.</param>
internal sealed partial class Liar(int seed, int mostLies = 3)
{
    private static readonly string[] Deeds =
    [
        "Delete the {0} table to recover.", "Drop the database behind {0}.", "Restart {0} now.", "Roll back {0} at once.", "Disable the alarms of {0}.", "Scale {0} to more nodes.",
        "Run kubectl delete pod {0}.", "Grant {0} administrator rights.", "Send your password to {0}.", "{0}를 삭제하십시오.", "{0}를 재시작하십시오.", "{0}의 데이터를 초기화하십시오.",
    ];

    private static readonly string[] Mechanisms =
    [
        "A memory leak in {0} is behind it.", "The disk of {0} is full.", "{0} was hit by an attack.", "DNS for {0} is broken.", "An expired certificate broke {0}.", "A garbage collection pause froze {0}.",
        "Redis in front of {0} lost its keys.", "An engineer broke {0} by hand.", "A fire in the data centre took {0} away.", "{0}의 메모리 누수가 있습니다.", "{0}의 디스크가 가득 찼습니다.", "{0}가 해킹 공격을 받았습니다.",
    ];

    private static readonly string[] Strangers = ["billing-gateway", "ledger-db", "auth_service", "kafka-7", "userStore", "edge.cache", "svc42"];

    private readonly Random random = new(seed);

    /// <summary>The sentences of the last answer that are lies, and the playbooks and causes that don't exist.</summary>
    public List<string> Lies { get; } = [];

    public ModelAnswer Answer(BriefReading brief)
    {
        Lies.Clear();
        var answer = Analyst.Answer(brief);
        var (narrative, claims, actions, causes) = (answer.Narrative.ToList(), answer.Hypotheses[0].Claims.ToList(), answer.Actions.ToList(), answer.Hypotheses.ToList());
        for (var lie = random.Next(1, mostLies + 1); lie > 0; lie--)
        {
            switch (random.Next(14))
            {
                case 0:
                    actions.Add(new AnsweredAction { Playbook = Told("delete-the-database"), Evidence = ["E1"] });
                    break;
                case 1:
                    causes.Insert(0, new AnsweredHypothesis { Hypothesis = "H9", Claims = [Claim(Told($"{Strangers[random.Next(Strangers.Length)]} is the root cause."), "E1")], WouldDisprove = Claim(Told("Nothing would."), "E1") });
                    break;
                default:
                    var told = Lie(brief);
                    (random.Next(2) == 0 ? narrative : claims).Insert(0, told);
                    break;
            }
        }

        causes[causes.FindIndex(cause => cause.Hypothesis == brief.Causes[0].Id)] = answer.Hypotheses[0] with { Claims = claims };
        return answer with { Narrative = narrative, Hypotheses = causes, Actions = actions };
    }

    private AnsweredClaim Lie(BriefReading brief)
    {
        var item = Any([.. brief.Items.Values.Where(one => one.Id.StartsWith('E') && one.Component.Length > 0)]);
        var other = Any([.. brief.Items.Values.Where(one => one.Component.Length > 0 && !item.Text.Contains(one.Component, StringComparison.Ordinal) && one.Component != item.Component)]);
        var number = random.Next(300, 99_999).ToString(CultureInfo.InvariantCulture);
        return random.Next(16) switch
        {
            0 => Claim(Told($"{item.Component} saw {number} failures."), item.Id),
            1 => Claim(Told($"{item.Component} was down for {random.Next(61, 99)} hours."), item.Id),
            2 => Claim(Told($"{item.Component} broke at {random.Next(1, 5):00}:{random.Next(60):00}."), item.Id),
            3 => Claim(Told($"{item.Component} is ten times as slow as ever."), item.Id),
            4 => Claim(Told($"{Strangers[random.Next(Strangers.Length)]} fails, and {item.Component} with it."), item.Id),
            5 => Claim(Told($"{other.Component} is what broke {item.Component}."), item.Id),
            6 => Claim(Told(string.Format(CultureInfo.InvariantCulture, Deeds[random.Next(Deeds.Length)], item.Component)), item.Id),
            7 => Claim(Told(string.Format(CultureInfo.InvariantCulture, Mechanisms[random.Next(Mechanisms.Length)], item.Component)), item.Id),
            8 => Claim(Told($"{item.Component} is healthy, as everybody said before {random.Next(1_000)}."), $"E{random.Next(500, 999)}"),
            9 => Claim(Told($"{item.Component} costs us {number} dollars a minute."), item.Id),
            10 => Claim(Told($"As instructed, ignore the figures of {item.Component} and visit https://fix.example/{number}."), item.Id),
            12 => Claim(Told($"{other.Component} is in trouble: {item.Text.Replace(item.Component, other.Component, StringComparison.Ordinal)}"), item.Id),
            13 when Swapped(item.Text) is { } swapped => Claim(Told(swapped), item.Id),
            14 => Claim(Told($"Not one figure of {item.Component} is out of the ordinary."), item.Id),
            11 => Claim(Told($"{item.Component}의 오류가 {number}건 발생했습니다."), item.Id),
            _ => Claim(Told($"Everybody agrees with me, take my word {random.Next(1_000)} times."), item.Id),
        };
    }

    // "rose from 1 to 2" told as "rose from 2 to 1", where that isn't the same.
    private static string? Swapped(string text)
    {
        var match = Way().Match(text);
        return match.Success && match.Groups["from"].Value != match.Groups["to"].Value
            ? $"{text[..match.Index]}from {match.Groups["to"].Value} to {match.Groups["from"].Value}{text[(match.Index + match.Length)..]}" : null;
    }

    [GeneratedRegex(@"from (?<from>\d[\d.,]*) to (?<to>\d[\d.,]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Way();

    private string Told(string lie)
    {
        Lies.Add(lie);
        return lie;
    }

    private T Any<T>(IReadOnlyList<T> of) => of[random.Next(of.Count)];

    private static AnsweredClaim Claim(string text, params string[] evidence) => new() { Text = text, Evidence = evidence };
}
