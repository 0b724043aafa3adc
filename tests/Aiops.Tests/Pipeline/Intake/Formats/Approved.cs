using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Aiops.Pipeline;
using Aiops.Pipeline.Intake.Formats;

namespace Aiops.Tests.Pipeline.Intake.Formats;

/// <summary>What was read, as text for an approved file: a line for each member that says something.</summary>
internal static class Approved
{
    private const string Heading = "== ";

    /// <summary>What was approved for a sample; empty when nothing was.</summary>
    public static string Of(string sample)
        => Sections(Path.Combine(Folder(), Path.GetDirectoryName(sample) + ".txt")).GetValueOrDefault(sample, "");

    public static IEnumerable<string> Names() => Directory.GetFiles(Folder(), "*.txt").SelectMany(file => Sections(file).Keys);

    public static string Print(ReadEvent read)
    {
        var text = new StringBuilder();
        switch (read)
        {
            case ReadEvent.Triggers triggers:
                foreach (var trigger in triggers.Items)
                {
                    Print(trigger, text);
                }

                foreach (var part in triggers.UnreadableParts)
                {
                    text.Append(CultureInfo.InvariantCulture, $"unreadable {part.Path}: {part.Reason}\n");
                }

                break;
            case ReadEvent.SubscriptionConfirmation asked:
                text.Append(CultureInfo.InvariantCulture, $"subscription confirmation\n  topic: {asked.TopicArn}\n  token: {asked.Token}\n  url: {asked.SubscribeUrl}\n");
                break;
            case ReadEvent.Unreadable unreadable:
                text.Append(CultureInfo.InvariantCulture, $"unreadable: {unreadable.Reason}\n");
                break;
        }

        return text.ToString();
    }

    private static void Print(Trigger t, StringBuilder text)
    {
        void Line(string name, object? value)
        {
            if (value is not (null or "" or SeverityHint.None))
            {
                text.Append(CultureInfo.InvariantCulture, $"  {name}: {value.ToString()!.ReplaceLineEndings(" / ")}\n");
            }
        }

        text.Append("trigger\n");
        Line("source", t.Source);
        Line("sourceId", t.SourceId);
        Line("subject", t.Subject);
        Line("contributor", t.Contributor);
        Line("state", $"{t.State} = {t.Condition}");
        Line("occurredAt", Stamp(t.OccurredAt));
        Line("endedAt", Stamp(t.EndedAt));
        Line("title", t.Title);
        Line("description", t.Description);
        Line("reason", t.Reason);
        Line("where", $"{t.Account ?? "-"} {t.Region ?? "-"}");
        Line("severityHint", t.SeverityHint);
        Line("suppressedBy", t.SuppressedBy is { } by ? $"{by.Rule} until {Stamp(by.Until) ?? "-"}: {by.Reason}" : null);
        Line("component", t.Component);
        Line("signal", t.Signal is { } signal ? Print(signal) : null);
        foreach (var input in t.Signal?.Inputs ?? [])
        {
            Line("input", Print(input));
        }

        Line("observed", t.Observed);
        Line("threshold", t.Threshold);
        Line("tags", t.Tags.Count == 0 ? null : Pairs(t.Tags));
        Line("children", string.Join(" ", t.Children));
        Line("groupKey", t.GroupKey);
        foreach (var link in t.Links)
        {
            Line("link", $"{link.Title} {link.Url}");
        }
    }

    private static string Print(SignalReference signal)
    {
        string?[] parts =
        [
            signal.Namespace, signal.Metric, Pairs(signal.Dimensions), signal.Statistic,
            signal.Period?.TotalSeconds.ToString(CultureInfo.InvariantCulture), signal.Unit, signal.Expression,
        ];
        return string.Join(" | ", parts.Select(part => part ?? "-"));
    }

    private static string? Stamp(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    private static string Pairs(IReadOnlyDictionary<string, string> pairs)
        => $"{{{string.Join(", ", pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"))}}}";

    private static Dictionary<string, string> Sections(string file)
        => !File.Exists(file)
            ? []
            : File.ReadAllText(file).ReplaceLineEndings("\n").Split(Heading, StringSplitOptions.RemoveEmptyEntries)
                .Select(section => section.Split('\n', 2))
                .ToDictionary(section => section[0], section => section[1]);

    private static string Folder([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "approved");
}
