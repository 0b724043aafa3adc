using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Aiops.Pipeline.Recommend;

/// <summary>
/// Fills <c>{name}</c> in a playbook's texts from the incident. In commands and document parameters only plain values are
/// put in: a component's name comes from telemetry, which anybody may write, and a person will paste the command.
/// </summary>
/// <remarks>
/// Plain means letters, digits and <c>_.:/@+-</c>, beginning with a letter or digit (so never an option), and without
/// <c>://</c> (the AWS CLI reads <c>file://</c> from the reader's disk). Such a value means itself in every shell, in and out
/// of quotes. Anything else, and what isn't known, becomes <c>FILL_IN_NAME</c> and the step says so.
/// </remarks>
public sealed partial class Placeholders(IReadOnlyDictionary<string, string> values)
{
    private const int Longest = 512;

    /// <summary>The names that a playbook may use.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        "account", "cluster", "component", "end", "function", "incident", "instance", "messageQueue", "region", "start",
        "table", "volume",
    ];

    // The dimension of CloudWatch (or tag of a sender) that holds each name.
    private static readonly (string Name, string Dimension)[] Dimensions =
    [
        ("cluster", "ClusterName"), ("function", "FunctionName"), ("instance", "InstanceId"), ("messageQueue", "QueueName"),
        ("table", "TableName"), ("volume", "VolumeId"),
    ];

    /// <summary>The values that an incident gives for a hypothesis; null for one as a whole.</summary>
    public static Placeholders For(Incident incident, IReadOnlyList<Trigger> members, string component, string? type, DateTimeOffset? onset)
    {
        var begin = onset ?? incident.OpenedAt;
        Dictionary<string, string> values = new(StringComparer.Ordinal)
        {
            ["component"] = component,
            ["incident"] = incident.Id,
            ["start"] = Instant(begin.AddHours(-1)),
            ["end"] = Instant(Later(incident.LastEventAt, begin).AddHours(1)),
        };
        Trigger[] triggers = [incident.First, .. members];
        Put("account", triggers.Select(trigger => trigger.Account));
        Put("region", triggers.Select(trigger => trigger.Region));
        foreach (var (name, dimension) in Dimensions)
        {
            var own = OwnName(name, type) ? component : null;
            Put(name, [own, .. triggers
                .Where(trigger => trigger.Component is null || trigger.Component == component)
                .Select(trigger => trigger.Signal?.Dimensions.GetValueOrDefault(dimension) ?? trigger.Tags.GetValueOrDefault(dimension))]);
        }

        return new Placeholders(values);

        void Put(string name, IEnumerable<string?> candidates)
        {
            if (candidates.FirstOrDefault(value => !string.IsNullOrEmpty(value)) is { } value)
            {
                values[name] = value;
            }
        }
    }

    internal static IEnumerable<string> In(string text) => Placeholder().Matches(text).Select(match => match.Groups["name"].Value);

    /// <summary>A text for people: values as they are, control characters taken out.</summary>
    public string FillText(string template) => Fill(template, Readable, name => $"(the {name})", out _);

    /// <summary>A command or parameter: plain values only.</summary>
    /// <param name="unfilled">The names that a person must fill in.</param>
    public string FillCommand(string template, out IReadOnlyList<string> unfilled)
        => Fill(template, value => IsPlain(value) ? value : null, name => $"FILL_IN_{name.ToUpperInvariant()}", out unfilled);

    /// <summary>Whether a value means itself in any shell.</summary>
    public static bool IsPlain(string value)
        => value.Length <= Longest && Plain().IsMatch(value) && !value.Contains("://", StringComparison.Ordinal);

    private string Fill(string template, Func<string, string?> accept, Func<string, string> marker, out IReadOnlyList<string> unfilled)
    {
        List<string> left = [];
        var filled = Placeholder().Replace(template, match =>
        {
            var name = match.Groups["name"].Value;
            if (values.TryGetValue(name, out var value) && accept(value) is { } accepted)
            {
                return accepted;
            }

            if (!left.Contains(name))
            {
                left.Add(name);
            }

            return marker(name);
        });
        unfilled = left;
        return filled;
    }

    private static string Readable(string value)
    {
        var text = new StringBuilder(Math.Min(value.Length, Longest));
        foreach (var c in value.AsSpan(0, Math.Min(value.Length, Longest)))
        {
            text.Append(char.IsControl(c) ? ' ' : c);
        }

        return text.ToString();
    }

    private static bool OwnName(string name, string? type) => (name, type) switch
    {
        ("table", "AWS::DynamoDB::Table") or ("function", "AWS::Lambda::Function") or ("messageQueue", "AWS::SQS::Queue")
            or ("instance", "AWS::EC2::Instance") or ("volume", "AWS::EC2::Volume") or ("cluster", "AWS::ECS::Cluster") => true,
        _ => false,
    };

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    [GeneratedRegex(@"\{(?<name>[A-Za-z]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.:/@+-]*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain();
}
