using System.Security.Cryptography;
using System.Text;

namespace Aiops.Pipeline.Intake.Formats;

/// <summary>
/// A trigger travels through queues and into items of limited size (DynamoDB: 400 KB), so a hostile or broken sender's
/// megabyte of name is cut. The body itself is kept whole elsewhere.
/// </summary>
internal static class TriggerLimits
{
    public const int Identity = 1_024;
    public const int Title = 512;
    public const int Text = 16_384;
    public const int Value = 1_024;
    public const int Link = 2_048;
    public const int Count = 256;
    public const int Inputs = 20;

    public static Trigger Apply(Trigger trigger) => trigger with
    {
        SourceId = Hashed(trigger.SourceId),
        Subject = Hashed(trigger.Subject),
        Contributor = trigger.Contributor is { } contributor ? Hashed(contributor) : null,
        GroupKey = trigger.GroupKey is { } key ? Hashed(key) : null,
        State = Cut(trigger.State, Value),
        Title = Cut(trigger.Title.ReplaceLineEndings(" ").Trim(), Title),
        Description = Cut(trigger.Description, Text),
        Reason = Cut(trigger.Reason, Text),
        Account = Cut(trigger.Account, Value),
        Region = Cut(trigger.Region, Value),
        Component = Cut(trigger.Component, Value),
        SuppressedBy = trigger.SuppressedBy is { } by ? by with { Rule = Cut(by.Rule, Value), Reason = Cut(by.Reason, Value) } : null,
        Signal = trigger.Signal is { } signal ? Cut(signal) : null,
        Tags = Cut(trigger.Tags),
        Children = [.. trigger.Children.Take(Count).Select(Hashed)],
        Links = [.. trigger.Links.Where(link => link.Url.Length <= Link)],
    };

    /// <summary>Identities stay distinct when they are shortened: two long ones that begin alike are two.</summary>
    public static string Hashed(string identity)
        => identity.Length <= Identity ? identity : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))}";

    private static SignalReference Cut(SignalReference signal) => signal with
    {
        Namespace = Cut(signal.Namespace, Value),
        Metric = Cut(signal.Metric, Value),
        Dimensions = Cut(signal.Dimensions),
        Statistic = Cut(signal.Statistic, Value),
        Unit = Cut(signal.Unit, Value),
        Expression = Cut(signal.Expression, Text),
        Inputs = signal.Inputs is null ? null : [.. signal.Inputs.Take(Inputs).Select(Cut)],
    };

    /// <summary>The first pairs, their values cut; the same object when there is nothing to cut.</summary>
    public static IReadOnlyDictionary<string, string> Cut(IReadOnlyDictionary<string, string> pairs)
        => pairs.Count <= Count && pairs.All(pair => pair.Key.Length <= Value && pair.Value.Length <= Value)
            ? pairs
            : pairs.Where(pair => pair.Key.Length <= Value).Take(Count).ToDictionary(pair => pair.Key, pair => Cut(pair.Value, Value));

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    private static string? Cut(string? text, int length)
    {
        if (text is null || text.Length <= length)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return $"{text.AsSpan(0, end)}…";
    }
}
