namespace Aiops.Cdk.Parameters;

/// <summary>
/// What one deployment is made of: <c>cdk.json</c>'s context, keys beginning with <c>aiops:</c>, overridden by an
/// environment's own. Every value was checked when this was made; docs/deploy.md lists them.
/// </summary>
public sealed record AiopsParameters
{
    /// <summary>The environment's name, as in <c>aiops-prod</c>.</summary>
    public required string Environment { get; init; }

    /// <summary>Twelve digits, or null: the account that the command line is signed in to.</summary>
    public string? Account { get; init; }

    /// <summary>As <c>eu-west-1</c>, or null: the Region that the command line is signed in to.</summary>
    public string? Region { get; init; }

    /// <summary>What every name begins with, so that a permission boundary can name them all.</summary>
    public string Prefix { get; init; } = "aiops";

    /// <summary>Alarms whose names begin so are the system's own: they never enter intake.</summary>
    public required string OwnAlarmPrefix { get; init; }

    /// <summary>How long an incident waits before it is analysed; none to 15 minutes.</summary>
    public TimeSpan Settle { get; init; }

    /// <summary>How often a changed incident may be analysed anew; 1 to 10.</summary>
    public int MaxRounds { get; init; }

    /// <summary>Log groups that may be read, each a name or a beginning with <c>*</c> at its end.</summary>
    public IReadOnlyList<string> LogGroups { get; init; } = [];

    /// <summary>Services whose objectives are watched; none means all that Application Signals knows.</summary>
    public IReadOnlyList<string> WatchedServices { get; init; } = [];

    /// <summary>SNS topics of this Region that already carry alarms.</summary>
    public IReadOnlyList<string> UrgentTopics { get; init; } = [];

    /// <inheritdoc cref="UrgentTopics"/>
    public IReadOnlyList<string> RoutineTopics { get; init; } = [];

    public int UrgentConcurrency { get; init; }
    public int RoutineConcurrency { get; init; }

    /// <summary>Off in accounts that have no hundred concurrent executions to spare: Lambda refuses a reservation
    /// there.</summary>
    public bool ReserveConcurrency { get; init; }

    public bool GuardDuty { get; init; }

    /// <summary>Whether Application Signals is asked for the changes that it saw.</summary>
    public bool ApplicationSignalsChanges { get; init; }

    /// <summary>Whether Config is asked which resources it recorded anew: only where a recorder runs.</summary>
    public bool ConfigChanges { get; init; }

    /// <summary>Whether a Bedrock knowledge base proposes candidates to the ranking of past incidents.</summary>
    public bool KnowledgeBase { get; init; }

    /// <summary>A Bedrock model that embeds text in 1,024 dimensions.</summary>
    public string EmbeddingModel { get; init; } = "amazon.titan-embed-text-v2:0";

    /// <summary>A managed policy's name or ARN that bounds every role; null for none.</summary>
    public string? PermissionBoundary { get; init; }

    /// <summary>Whether tables and buckets outlive the stack.</summary>
    public bool RetainData { get; init; }

    /// <summary>One of the periods that CloudWatch Logs offers.</summary>
    public int LogRetentionDays { get; init; }

    /// <summary>How long the context and report of an incident are kept; 30 days to ten years.</summary>
    public int DocumentDays { get; init; }

    /// <summary>In US dollars a month.</summary>
    public int BudgetAmount { get; init; }

    /// <summary>Whether a monitor watches for days that cost more than usual; only the management account may have one by
    /// tag.</summary>
    public bool CostMonitor { get; init; }

    /// <summary>An existing topic for the system's own alarms; null: one is made.</summary>
    public string? AlarmTopicArn { get; init; }

    /// <summary>Subscribed to the topic that is made.</summary>
    public string? AlarmEmail { get; init; }

    /// <summary>With <see cref="JwtAudience"/>: who reads and reviews shows a token of this issuer, else signs with
    /// IAM.</summary>
    public string? JwtIssuer { get; init; }

    /// <inheritdoc cref="JwtIssuer"/>
    public string? JwtAudience { get; init; }

    /// <summary>Requests a second that the HTTP API lets in; the burst is twice as many.</summary>
    public int RequestsPerSecond { get; init; }

    /// <summary>The folder that <c>deploy/bundle.sh</c> makes.</summary>
    public string Bundle { get; init; } = "artifacts/functions";

    /// <summary>What the separate stack of approved actions may run; null: no such stack.</summary>
    public ActionParameters? Actions { get; init; }

    /// <summary>Where tickets go besides the table; null: nowhere.</summary>
    public TicketParameters? Tickets { get; init; }

    /// <summary>Which language models may be asked; null: none.</summary>
    public ModelParameters? Model { get; init; }

    public string StackName => $"{Prefix}-{Environment}";
}

/// <param name="Documents">Names of SSM Automation documents; nothing else can be run.</param>
/// <param name="PolicyArns">Customer-managed policies: all that a document may do in this account.</param>
public sealed record ActionParameters(IReadOnlyList<string> Documents, IReadOnlyList<string> PolicyArns);

/// <param name="Settings">Name of the SSM parameter whose value docs/tickets.md describes.</param>
/// <param name="Secrets">ARNs of the secrets that the value names.</param>
/// <param name="Keys">ARNs of your keys that the parameter or the secrets are encrypted with.</param>
/// <param name="OpsCenter">Whether the value says <c>opscenter</c>, which needs rights of its own.</param>
public sealed record TicketParameters(
    string Settings, IReadOnlyList<string> Secrets, IReadOnlyList<string> Keys, bool OpsCenter);

/// <param name="Settings">Name of the SSM parameter whose value docs/model.md describes.</param>
/// <param name="Models">Ids of Bedrock's models that may be asked in this Region.</param>
/// <param name="Profiles">Inference profiles that may be used, which let other Regions answer.</param>
/// <param name="Regions">Where those of a geography may answer; none where there are none.</param>
/// <param name="DollarsPerDay">As the settings have it in <c>limits.perDay.dollars</c>, which can't be read here.</param>
/// <param name="AlarmPercent">Of those, above which an alarm rings; 1 to 100.</param>
public sealed record ModelParameters(
    string Settings, IReadOnlyList<string> Models, IReadOnlyList<ProfileParameters> Profiles, IReadOnlyList<string> Regions,
    int DollarsPerDay, int AlarmPercent);

/// <param name="Id">As <c>eu.anthropic.claude-sonnet-4-20250514-v1:0</c>.</param>
public sealed record ProfileParameters(string Id)
{
    /// <summary>Whether any Region of AWS's may answer.</summary>
    public bool IsGlobal => Id.StartsWith("global.", StringComparison.Ordinal);

    /// <summary>The model behind it: the id without its geography.</summary>
    public string Model => Id[(Id.IndexOf('.', StringComparison.Ordinal) + 1)..];
}

/// <param name="Units">Organizational units, or the root (<c>r-…</c>).</param>
/// <param name="Regions">In the order of the roll-out.</param>
/// <param name="BundleBucketPrefix">The function bundle is in <c>PREFIX-REGION</c>, a bucket in each Region.</param>
/// <param name="BundleKey">The object that holds it; a new version is a new key.</param>
/// <param name="HubAccount">May read the incidents of every account; null: nobody outside an account may.</param>
public sealed record OrganisationParameters(
    string OrganisationId,
    IReadOnlyList<string> Units,
    IReadOnlyList<string> Regions,
    string BundleBucketPrefix,
    string BundleKey,
    int MaxConcurrentPercentage,
    int FailureTolerancePercentage,
    string? HubAccount);
