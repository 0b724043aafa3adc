using System.Text.RegularExpressions;

namespace Aiops.Pipeline.Reason.Checks;

/// <summary>Whether a sentence's deeds, mechanisms, directions, degrees and blame are held by what it cites.</summary>
internal static partial class ClaimWords
{
    public static StrikeReason? Judge(string claim, List<Citable> cited, string text, ClaimScope scope)
    {
        // A name such as "http.server.errors" or "db-orders" is held already, and what it contains isn't a word of the sentence.
        var said = NamesWithMarks().Replace(claim, " ");
        var spelt = Spelt(text);
        if (Deeds(said, cited, scope) is { } deed)
        {
            return deed;
        }

        if (Concept.Mechanisms.Any(mechanism => mechanism.IsIn(said) && !mechanism.IsIn(spelt)))
        {
            return StrikeReason.UnheldMechanism;
        }

        return scope.IsTest ? null // What would disprove it says what isn't so.
            : Past(claim, cited) ?? Direction(said, text) ?? Time(said, text) ?? Degree(said, text) ?? Negation(claim, said, cited, scope) ?? Blame(claim, said, cited, scope);
    }

    /// <summary>Whether it says anything: what broke, how, why, or where to.</summary>
    public static bool Tells(string claim)
        => Concept.Cause.IsIn(claim) || Concept.Up.IsIn(claim) || Concept.Down.IsIn(claim) || Concept.Mechanisms.Concat(Concept.Deeds).Any(concept => concept.IsIn(claim));

    /// <summary>A text and the words in its names: "CPUUtilization" speaks of the CPU, "ReadThrottleEvents" of throttling.</summary>
    public static string Spelt(string text)
        => text + "\n" + Humps().Replace(text, "${low} ${high}").Replace('_', ' ').Replace('-', ' ').Replace('.', ' ').Replace('/', ' ');

    // A deed is told by what happened (evidence), never by what the analysis calls the trouble; and nobody is told to do one.
    private static StrikeReason? Deeds(string said, List<Citable> cited, ClaimScope scope)
    {
        var happened = string.Join('\n', cited.Where(one => one.Evidence is not null || !one.Id.StartsWith('H')).Select(one => one.Text));
        var analysed = string.Join('\n', cited.Select(one => one.Text));
        var known = scope.IsTest ? analysed : happened;
        var unheld = Concept.Deeds.Any(deed => deed.IsIn(said) && !deed.IsIn(deed.Name == "deploy" ? $"{known}\n{analysed}" : known));
        return unheld || (!scope.IsTest && (Concept.Ought.IsIn(said) || Order().IsMatch(said.Trim()))) ? StrikeReason.ActionOutsidePlaybooks : null;
    }

    // What was so in an earlier incident is told of that one, by its name.
    private static StrikeReason? Past(string claim, List<Citable> cited)
    {
        var past = cited.Where(one => one.Evidence?.Kind is EvidenceKind.PastIncident);
        return past.All(one => PastId().Match(one.Text) is { Success: true } id ? ClaimCheck.Holds(claim, id.Value) : ClaimCheck.Shared(claim, one.Text) >= 3) ? null : StrikeReason.Unrelated;
    }

    private static StrikeReason? Direction(string said, string text)
    {
        var (up, down) = (Concept.Up.IsIn(said), Concept.Down.IsIn(said));
        return (up && !Concept.Up.IsIn(text) && Concept.Down.IsIn(text)) || (down && !Concept.Down.IsIn(text) && Concept.Up.IsIn(text)) ? StrikeReason.Contradicts : null;
    }

    // Which came first is told by evidence that says so, not worked out.
    private static StrikeReason? Time(string said, string text)
        => new[] { Concept.Before, Concept.After, Concept.First, Concept.Last }.Any(when => when.IsIn(said) && !when.IsIn(text)) ? StrikeReason.Contradicts : null;

    private static StrikeReason? Degree(string said, string text)
        => Concept.Weights.Any(weight => weight.IsIn(said) && !weight.IsIn(text)) ? StrikeReason.Overstated : null;

    // Held where what is cited says no, or that something failed, or speaks against a suspect; and near its words or figures.
    private static StrikeReason? Negation(string claim, string said, List<Citable> cited, ClaimScope scope)
    {
        var figures = Held.In(claim) is var held && held.Figures.Count + held.Times.Count > 0;
        if (!Concept.Negation.IsIn(said))
        {
            return null;
        }

        // "Could not connect" is held by what was refused; "did not rise" is held by a "not".
        var inability = !Concept.Negation.IsIn(CouldNot().Replace(said, " "));
        return cited.Exists(one => (Concept.Negation.IsIn(one.Text) || (inability && Concept.Inability.IsIn(one.Text)) || scope.Excuses.Contains(one.Id))
            && (figures || inability || ClaimCheck.Shared(claim, one.Text) >= 3)) ? null : StrikeReason.Contradicts;
    }

    private static StrikeReason? Blame(string claim, string said, List<Citable> cited, ClaimScope scope)
        => !Concept.Cause.IsIn(said) || cited.Exists(one => one.Evidence is not null && Concept.Cause.IsIn(one.Text))
            || (cited.Exists(one => scope.Supports.Contains(one.Id)) && ClaimCheck.Holds(claim, scope.Blamed))
            ? null : StrikeReason.UnknownCause;

    [GeneratedRegex(@"[A-Za-z0-9]+(?:[-_./:@][A-Za-z0-9]+)+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NamesWithMarks();

    [GeneratedRegex(@"(?<low>[a-z]|[A-Z]{2,})(?<high>[A-Z][a-z])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Humps();

    [GeneratedRegex(@"\A(INC-[A-Za-z0-9-]+|\S+(?= of \d{4}-))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PastId();

    [GeneratedRegex(@"\b(could not|couldn't|cannot|can't|unable)\b|못(했|하|합)|수 없", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex CouldNot();

    // "Deploy it again", "…, so restart it".
    [GeneratedRegex(
        @"(\A|[.;:,] ?((so|then|and|please|now) )?)(deploy|restart|reboot|roll|revert|undo|delete|drop|remove|scale|add|increase|raise|lower|stop|disable|mute|move|replace|run|execute|set|give|grant|open|close|tell|call|ask|contact|fix|try|use|go|take|put)\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Order();
}
