using System.Globalization;

namespace Aiops.Aws;

/// <summary>
/// What a deployed host is told by its environment; <c>cdk/Aiops.Cdk</c> sets it, a function each what it needs. Checked when
/// it is read, so that a bad setting fails at the start.
/// </summary>
public sealed record AwsHostSettings
{
    public const int MinSettleSeconds = 0;

    /// <summary>A longer wait would leave people without a comment for most of an outage.</summary>
    public const int MaxSettleSeconds = 900;

    public const int MinRounds = 1;

    /// <summary>Ten analyses of one incident tell nothing more than nine; Step Functions keeps 25,000 events an execution.</summary>
    public const int MaxMostRounds = 10;

    /// <summary>The deployment's name (<c>prod</c>): in metrics and names.</summary>
    public required string Environment { get; init; }

    public required string Table { get; init; }

    public required string DocumentsBucket { get; init; }

    public string? ChangesTable { get; init; }

    public string? KnowledgeBucket { get; init; }

    public string? KnowledgeBaseId { get; init; }

    public string? DataSourceId { get; init; }

    /// <summary>ARN.</summary>
    public string? IncidentStateMachine { get; init; }

    /// <summary>ARN.</summary>
    public string? ReviewStateMachine { get; init; }

    public string? UrgentQueueUrl { get; init; }

    public string? RoutineQueueUrl { get; init; }

    public string? UrgentDeadLettersUrl { get; init; }

    public string? RoutineDeadLettersUrl { get; init; }

    /// <summary>How long an incident settles before it is analysed.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(60);

    public int MaxRounds { get; init; } = 3;

    /// <summary>Names of log groups to read, <c>prefix*</c> among them.</summary>
    public IReadOnlyList<string> LogGroups { get; init; } = [];

    /// <summary>Services whose objectives are watched; all where it is empty.</summary>
    public IReadOnlyList<string> WatchedServices { get; init; } = [];

    /// <summary>Whether Application Signals is asked for change events.</summary>
    public bool ApplicationSignalsChanges { get; init; }

    /// <summary>Whether AWS Config is asked for changes.</summary>
    public bool ConfigChanges { get; init; }

    /// <summary>ARN of the secret that webhooks are signed with.</summary>
    public string? WebhookSecret { get; init; }

    /// <summary>SSM parameter that holds maintenance windows, as a maintenance file does.</summary>
    public string? MaintenanceParameter { get; init; }

    /// <summary>SSM parameter that holds ticket settings, as a settings file does; null where tickets stay in the table alone.</summary>
    public string? TicketsParameter { get; init; }

    /// <summary>SSM parameter that holds a model's settings as a settings file does, or <c>off</c>; null where there is no model.</summary>
    public string? ModelParameter { get; init; }

    /// <summary>SSM parameter that holds <c>off</c>, or the time until which everything is muted.</summary>
    public string? MuteParameter { get; init; }

    /// <summary>What the names of the system's own alarms begin with: they never come in, or an outage of ours would feed itself.</summary>
    public string? OwnAlarmPrefix { get; init; }

    public string Region { get; init; } = "";

    /// <summary>The account that is watched, which is the one that the stack is in; null where no state machine is named.</summary>
    public string? Account => IncidentStateMachine?.Split(':') is { Length: > 4 } parts ? parts[4] : null;

    /// <param name="variable">An environment variable's value; null or empty where it isn't set.</param>
    /// <exception cref="AwsHostSettingsException">Something is missing or wrong; names every such variable.</exception>
    public static AwsHostSettings Read(Func<string, string?> variable)
    {
        List<string> problems = [];
        var settings = new AwsHostSettings
        {
            Environment = Needed("AIOPS_ENVIRONMENT"),
            Table = Needed("AIOPS_TABLE"),
            DocumentsBucket = Needed("AIOPS_DOCUMENTS_BUCKET"),
            ChangesTable = Optional("AIOPS_CHANGES_TABLE"),
            KnowledgeBucket = Optional("AIOPS_KNOWLEDGE_BUCKET"),
            KnowledgeBaseId = Optional("AIOPS_KNOWLEDGE_BASE_ID"),
            DataSourceId = Optional("AIOPS_DATA_SOURCE_ID"),
            IncidentStateMachine = Optional("AIOPS_INCIDENT_STATE_MACHINE"),
            ReviewStateMachine = Optional("AIOPS_REVIEW_STATE_MACHINE"),
            UrgentQueueUrl = Optional("AIOPS_URGENT_QUEUE_URL"),
            RoutineQueueUrl = Optional("AIOPS_ROUTINE_QUEUE_URL"),
            UrgentDeadLettersUrl = Optional("AIOPS_URGENT_DEAD_LETTERS_URL"),
            RoutineDeadLettersUrl = Optional("AIOPS_ROUTINE_DEAD_LETTERS_URL"),
            Settle = TimeSpan.FromSeconds(Number("AIOPS_SETTLE_SECONDS", 60, MinSettleSeconds, MaxSettleSeconds)),
            MaxRounds = Number("AIOPS_MAX_ROUNDS", 3, MinRounds, MaxMostRounds),
            LogGroups = Listed("AIOPS_LOG_GROUPS"),
            WatchedServices = Listed("AIOPS_WATCHED_SERVICES"),
            ApplicationSignalsChanges = Optional("AIOPS_APPLICATION_SIGNALS_CHANGES") == "true",
            ConfigChanges = Optional("AIOPS_CONFIG_CHANGES") == "true",
            WebhookSecret = Optional("AIOPS_WEBHOOK_SECRET"),
            MaintenanceParameter = Optional("AIOPS_MAINTENANCE_PARAMETER"),
            TicketsParameter = Optional("AIOPS_TICKETS_SETTINGS"),
            ModelParameter = Optional("AIOPS_MODEL_SETTINGS"),
            MuteParameter = Optional("AIOPS_MUTE_PARAMETER"),
            OwnAlarmPrefix = Optional("AIOPS_OWN_ALARM_PREFIX"),
            Region = Optional("AWS_REGION") ?? "",
        };
        return problems.Count == 0 ? settings : throw new AwsHostSettingsException(problems);

        string? Optional(string name) => variable(name) is { Length: > 0 } value ? value : null;

        string[] Listed(string name) => (Optional(name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        string Needed(string name)
        {
            if (Optional(name) is { } value)
            {
                return value;
            }

            problems.Add($"{name} is not set");
            return "";
        }

        int Number(string name, int fallback, int least, int most)
        {
            if (Optional(name) is not { } text)
            {
                return fallback;
            }

            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            {
                return value;
            }

            problems.Add($"{name} is \"{text}\" and must be a whole number from {least} to {most}");
            return fallback;
        }
    }

    /// <summary>A setting that this function can't do without.</summary>
    /// <exception cref="AwsHostSettingsException">It isn't set.</exception>
    public static string Needed(string? value, string variable)
        => value ?? throw new AwsHostSettingsException([$"{variable} is not set"]);
}

/// <summary>The environment of a deployed host can't be used.</summary>
public sealed class AwsHostSettingsException(IReadOnlyList<string> problems)
    : Exception($"{string.Join("; ", problems)}. The stack sets these variables: deploy it again with cdk/Aiops.Cdk, or set them by hand.");
