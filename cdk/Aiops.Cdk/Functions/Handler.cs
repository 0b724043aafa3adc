namespace Aiops.Cdk.Functions;

/// <summary>
/// One of the handlers in the executable <c>Aiops.Functions</c>, which picks it by <c>ANNOTATIONS_HANDLER</c>.
/// </summary>
/// <param name="Name">The handler's name there, and what the workflow's substitution is called after.</param>
/// <param name="MemoryMegabytes">Lambda gives processor time in proportion: 1,769 MB are one virtual processor.</param>
/// <param name="TimeoutSeconds">A task's ends five seconds before its state's (the longest, where it serves several): then its
/// answer, or its own error, is heard.</param>
public sealed record Handler(string Name, int MemoryMegabytes, int TimeoutSeconds, string Says)
{
    public static readonly Handler Intake = new("Intake", 1024, 60, "Decides batches of events into incidents");
    public static readonly Handler Classify = new("Classify", 1024, 55, "Kind, severity and depth");
    public static readonly Handler GatherContext = new("GatherContext", 1769, 175, "Reads one source of evidence");
    public static readonly Handler FindRootCause = new("FindRootCause", 1769, 295, "Ranks hypotheses");
    public static readonly Handler Reason = new("Reason", 1024, 115, "Asks a language model, where one is named");
    public static readonly Handler Recommend = new("Recommend", 512, 55, "Chooses what to do");
    public static readonly Handler Comment = new("Comment", 1024, 115, "Writes the comment in the ticket");
    public static readonly Handler Review = new("Review", 512, 60, "Lays down the task token");
    public static readonly Handler Learn = new("Learn", 512, 55, "Records the outcome");
    public static readonly Handler Sweep = new("Sweep", 512, 50, "Ends holds, starts what was not started, each minute");
    public static readonly Handler Reconcile = new("Reconcile", 1024, 300, "Finds alarms whose event was missed");
    public static readonly Handler WatchObjectives = new("WatchObjectives", 512, 120, "Watches the budgets of objectives");
    public static readonly Handler RecordChange = new("RecordChange", 512, 30, "Records what was changed in the account");
    public static readonly Handler ReceiveEvent = new("ReceiveEvent", 512, 20, "POST /events, signature verified");
    public static readonly Handler ListIncidents = new("ListIncidents", 512, 20, "GET /incidents");
    public static readonly Handler ShowIncident = new("ShowIncident", 512, 20, "GET /incidents/{incidentId}");
    public static readonly Handler ReviewIncident = new("ReviewIncident", 512, 20, "POST /incidents/{incidentId}/review");

    public static IReadOnlyList<Handler> All { get; } =
    [
        Intake, Classify, GatherContext, FindRootCause, Reason, Recommend, Comment, Review, Learn,
        Sweep, Reconcile, WatchObjectives, RecordChange, ReceiveEvent, ListIncidents, ShowIncident, ReviewIncident,
    ];

    /// <summary>As in a function's name: <c>find-root-cause</c>.</summary>
    public string Kebab => string.Concat(Name.Select(
        (letter, i) => i > 0 && char.IsUpper(letter) ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
