using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Aiops.Pipeline.Reason.Checks.Words;

/// <summary>The words of <c>vocabulary.yaml</c>: which mean the same, and which say nothing of an incident by themselves.</summary>
internal static partial class Vocabulary
{
    private static readonly YamlMappingNode Root = Load();
    private static readonly Dictionary<string, Concept> ByName = Concepts().ToDictionary(one => one.Name, StringComparer.Ordinal);
    private static readonly HashSet<string> Plain = PlainWords("en");
    private static readonly HashSet<string> PlainInTests = [.. Plain, .. PlainWords("test")];
    private static readonly Regex KoreanGrammar = new(
        $@"\A(?:{string.Join('|', PlainWords("ko").OrderByDescending(word => word.Length).Select(Regex.Escape))})*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>In the order of the file: what is worse first.</summary>
    public static IReadOnlyList<Concept> All { get; } = [.. ByName.Values];

    public static Concept Of(string name) => ByName[name];

    /// <summary>The words of a text that are no part of a name, a figure or a time, as far as <paramref name="isHeld"/> doesn't know them, and that aren't plain.</summary>
    public static IEnumerable<string> Strange(string text, bool isTest, Func<string, bool> isHeld)
        => Word().Matches(text).Select(match => match.Value)
            .Where(word => word[0] is >= '\uAC00' and <= '\uD7A3' ? !KoreanGrammar.IsMatch(word) && !isHeld(word) : !(isTest ? PlainInTests : Plain).Contains(word.ToLowerInvariant()) && !isHeld(Stem(word)));

    /// <summary>The stems of all words of a text.</summary>
    public static HashSet<string> Stems(string text) => [.. Word().Matches(text).Select(match => Stem(match.Value))];

    /// <summary>"stopping", "stopped" and "stops" are one word. Rough, and the same for both sides.</summary>
    private static string Stem(string word)
    {
        var stem = word.ToLowerInvariant();
        foreach (var ending in (string[])["'s", "’s", "ing", "ies", "ied", "es", "ed", "s"])
        {
            if (stem.Length >= ending.Length + 3 && stem.EndsWith(ending, StringComparison.Ordinal) && !stem.EndsWith("ss", StringComparison.Ordinal))
            {
                stem = stem[..^ending.Length];
                break;
            }
        }

        stem = stem.TrimEnd('e', 'y');
        return stem.Length > 3 && stem[^1] == stem[^2] ? stem[..^1] : stem;
    }

    private static YamlMappingNode Load()
    {
        using var stream = typeof(Vocabulary).Assembly.GetManifestResourceStream("vocabulary.yaml")!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static IEnumerable<Concept> Concepts()
    {
        (string Section, ConceptKind Kind)[] sections =
        [
            ("never", ConceptKind.Never), ("deeds", ConceptKind.Deed), ("things", ConceptKind.Thing), ("directions", ConceptKind.Direction), ("times", ConceptKind.Time),
            ("degrees", ConceptKind.Degree), ("ruled", ConceptKind.Ruled),
        ];
        return sections.SelectMany(one => ((YamlMappingNode)Root.Children[one.Section]).Children
            .Select(line => new Concept(line.Key.ToString(), one.Kind, Pattern((YamlMappingNode)line.Value))));
    }

    private static Regex Pattern(YamlMappingNode line)
    {
        var english = Texts(line, "en").OrderByDescending(word => word.Length)
            .Select(word => (char.IsLetterOrDigit(word[0]) ? @"(?<![\w'’])" : "") + Regex.Escape(word).Replace(@"\ ", @"[\s-]+", StringComparison.Ordinal).Replace(@"\*", @"\w*", StringComparison.Ordinal)
                .Replace("'", "['’]", StringComparison.Ordinal) + (char.IsLetterOrDigit(word[^1]) ? @"(?!\w)" : ""));
        var korean = Texts(line, "ko").OrderByDescending(word => word.Length).Select(word => (word.Length == 1 || word == "정상" ? "(?<![가-힣])" : "") // "비정상" is the reverse.
            + Regex.Escape(word).Replace(@"\ ", @"\s?", StringComparison.Ordinal));
        return new Regex(string.Join('|', english.Concat(korean)), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }

    private static HashSet<string> PlainWords(string part) => [.. Texts((YamlMappingNode)Root.Children["plain"], part)];

    private static IEnumerable<string> Texts(YamlMappingNode node, string part)
        => ((YamlSequenceNode)node.Children[part]).Select(word => word.ToString());

    [GeneratedRegex(@"(?<!['’])[A-Za-z]+(?:['’][a-z]+)?|[\uAC00-\uD7A3]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();
}
