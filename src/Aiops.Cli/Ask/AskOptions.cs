using System.CommandLine;
using System.Globalization;
using Aiops.Ask.Catalogue;
using Aiops.Ask.Data;
using Aiops.Ask.Feeds;
using Aiops.Cli.Commands;
using Aiops.Cli.Stores;
using Aiops.Local.Recordings;

namespace Aiops.Cli.Ask;

/// <summary>What questions are asked of, as the command line says it.</summary>
internal static class AskOptions
{
    public static Option<string[]> Recordings { get; } = new("--recording")
    {
        Description = "A recording whose telemetry is asked about; may be given several times.",
        AllowMultipleArgumentsPerToken = true,
    };

    public static Option<string[]> Attach { get; } = new("--attach")
    {
        Description = "NAME=FILE: a .parquet, .csv or .jsonl file as rows of a table; may be given several times.",
        AllowMultipleArgumentsPerToken = true,
    };

    public static Option<string?> Knowledge { get; } = new("--knowledge") { Description = "A folder of .yaml files with tables, words and trusted answers of your own (docs/ask.md)." };

    public static Option<string?> Now { get; } = new("--now") { Description = "What now and today mean (2026-03-01T12:00; default: the last moment of the data)." };

    public static Option<string?> Zone { get; } = new("--tz") { Description = "In whose clock times are meant and told (Asia/Seoul; default: UTC)." };

    public static Option<int> Rows { get; } = new("--rows") { Description = "Rows of an answer, 1 to 100000; more are cut.", DefaultValueFactory = _ => 1_000 };

    public static IEnumerable<Option> All => [Recordings, Attach, Knowledge, Now, Zone, Rows];

    public static KnowledgeLibrary ReadKnowledge(ParseResult parsed, CommandEnvironment environment)
        => parsed.GetValue(Knowledge) is { } folder ? KnowledgeLibrary.WithFolder(environment.PathOf(folder)) : KnowledgeLibrary.Shipped;

    public static DateTime? ReadNow(ParseResult parsed) => parsed.GetValue(Now) is not { } text ? null
        : DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var now) ? DateTime.SpecifyKind(now, DateTimeKind.Unspecified)
        : throw new UserErrorException(ExitCodes.Usage, $"“{text}” isn't a time.", "Write --now 2026-03-01T12:00.");

    /// <summary>The stores' incidents, the recordings and the files, loaded and locked.</summary>
    public static Task<QuestionData> OpenAsync(ParseResult parsed, KnowledgeLibrary knowledge, IHostStores stores, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var rows = parsed.GetValue(Rows);
        if (rows is < 1 or > 100_000)
        {
            throw new UserErrorException(ExitCodes.Usage, "--rows isn't 1 to 100000.", "Leave it out for 1000.");
        }

        List<ITableFeed> feeds = [new IncidentFeed(stores.Incidents, stores.Documents, stores.Cases)];
        foreach (var recording in (parsed.GetValue(Recordings) ?? []).Select(path => ReplayCommand.OpenRecording(environment.PathOf(path))))
        {
            feeds.Add(FeedOf(recording));
        }

        return QuestionData.OpenAsync(
            knowledge,
            new DataOptions
            {
                Feeds = feeds,
                Files = FilesOf(parsed, environment),
                Limits = new AskLimits { Rows = rows },
                TimeZone = ZoneOf(parsed.GetValue(Zone)),
            },
            environment.Time,
            cancellationToken);
    }

    /// <summary>What the console's questions are asked of beside the state folder and its telemetry.</summary>
    public static QuestionSources ReadSources(ParseResult parsed, CommandEnvironment environment) => new()
    {
        Knowledge = ReadKnowledge(parsed, environment),
        Files = FilesOf(parsed, environment),
        TimeZone = ZoneOf(parsed.GetValue(Zone)),
    };

    internal static TelemetryFeed FeedOf(Recording recording) => new(recording.Window)
    {
        Metrics = recording.Metrics,
        Logs = recording.Logs,
        Traces = recording.Traces,
        Topology = recording.Topology,
        Changes = recording.Changes,
    };

    private static IReadOnlyList<AttachedFile> FilesOf(ParseResult parsed, CommandEnvironment environment)
        => [.. (parsed.GetValue(Attach) ?? []).Select(text => FileOf(text, environment))];

    private static AttachedFile FileOf(string text, CommandEnvironment environment)
        => text.IndexOf('=', StringComparison.Ordinal) is > 0 and var sign
            ? new AttachedFile(text[..sign], environment.PathOf(text[(sign + 1)..]))
            : throw new UserErrorException(ExitCodes.Usage, $"“{text}” isn't NAME=FILE.", "--attach orders=orders.csv");

    private static TimeZoneInfo ZoneOf(string? id)
        => id is null ? TimeZoneInfo.Utc
            : TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone
            : throw new UserErrorException(ExitCodes.Usage, $"There is no time zone {id} here.", "Name one of the IANA database: Asia/Seoul, Europe/Berlin.");
}
