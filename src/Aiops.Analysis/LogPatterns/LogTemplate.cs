using System.Text;

namespace Aiops.Analysis.LogPatterns;

/// <summary>What the lines of a group have in common, as text.</summary>
/// <param name="Text">A line with its variables as <c>&lt;*&gt;</c>; its punctuation is that of the first line seen.</param>
/// <param name="Words">The words alone, neighbouring variables as one <c>&lt;*&gt;</c>, single blanks between.</param>
internal readonly record struct LogTemplate(string Text, string Words)
{
    public const string Variable = "<*>";

    /// <summary>Of the shapes of equal length that share the fewest words; of their texts, the first in ordinal order.</summary>
    public static LogTemplate Of(LogGroup group)
    {
        var (shapes, varies) = group.Shapes()
            .GroupBy(shape => shape.Words.Length)
            .Select(same => (Shapes: same.ToList(), Varies: Varying(same)))
            .OrderBy(same => same.Varies.Count(varies => !varies))
            .ThenBy(same => same.Varies.Length)
            .First();
        var tokens = new LogTokens();
        return shapes
            .Where(shape => shape.Example is not null)
            .Select(shape => Render(shape.Example!, tokens.Read(shape.Example), varies))
            .DefaultIfEmpty(new LogTemplate(Variable, Variable))
            .MinBy(template => template.Text, StringComparer.Ordinal);
    }

    private static bool[] Varying(IEnumerable<LogGroup> shapes)
    {
        var first = shapes.First().Words;
        var varies = new bool[first.Length];
        foreach (var shape in shapes)
        {
            for (var i = 0; i < varies.Length; i++)
            {
                varies[i] |= shape.Words[i] == LogToken.Variable || shape.Words[i] != first[i];
            }
        }

        return varies;
    }

    private static LogTemplate Render(string line, ReadOnlySpan<LogToken> tokens, bool[] varies)
    {
        var (text, words) = (new StringBuilder(line.Length), new StringBuilder(line.Length));
        var shown = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            var word = varies[i] ? Variable : line.AsSpan(tokens[i].Start, tokens[i].End - tokens[i].Start);
            text.Append(line, shown, tokens[i].Start - shown).Append(word);
            shown = tokens[i].Resume;
            if (i == 0 || !varies[i] || !varies[i - 1])
            {
                words.Append(i == 0 ? "" : " ").Append(word);
            }
        }

        return new LogTemplate(text.Append(line, shown, line.Length - shown).ToString(), words.ToString());
    }
}
