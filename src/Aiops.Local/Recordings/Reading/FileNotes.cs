using System.Globalization;

namespace Aiops.Local.Recordings.Reading;

/// <summary>What was odd about one file: counted while reading, told as a few sentences afterwards.</summary>
internal sealed class FileNotes(string file)
{
    private readonly List<string> sentences = [];
    private readonly SortedDictionary<string, (long Count, long Line)> bad = new(StringComparer.Ordinal);
    private long badLines;
    private StampForm forms;

    /// <summary>Records that were used.</summary>
    public long Lines { get; set; }

    public long OutsideWindow { get; set; }

    public void Bad(long line, string reason)
    {
        badLines++;
        bad[reason] = bad.TryGetValue(reason, out var seen) ? (seen.Count + 1, seen.Line) : (1, line);
    }

    public void Add(string sentence) => sentences.Add(sentence);

    public void Saw(StampForm form) => forms |= form;

    /// <summary>The sentences, in a fixed order.</summary>
    public IEnumerable<string> Tell()
    {
        if (Lines == 0 && badLines == 0 && sentences.Count == 0)
        {
            yield return $"{file} is empty";
        }

        foreach (var (reason, (count, line)) in bad)
        {
            yield return Invariant(
                $"{file}: {count:N0} of {Lines + badLines:N0} lines skipped, the first is line {line:N0}: {reason}");
        }

        if ((forms & (forms - 1)) != StampForm.None)
        {
            yield return $"{file} mixes times written as {Words(forms)}; each was read by its own form";
        }

        if (OutsideWindow > 0 && OutsideWindow == Lines) // Some outside is what asking for a part of it means.
        {
            yield return Invariant($"{file}: all of its {Lines:N0} records lie outside the time asked for; is its clock another one?");
        }

        foreach (var sentence in sentences)
        {
            yield return $"{file}: {sentence}";
        }
    }

    private static string Words(StampForm forms)
        => forms.ToString().ToLowerInvariant().Replace("iso", "ISO 8601", StringComparison.Ordinal);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
