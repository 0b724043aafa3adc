namespace Aiops.Aws.DynamoDb;

public sealed record DynamoStoreOptions
{
    /// <summary>How long decisions and idle subjects are kept (TTL).</summary>
    public TimeSpan RecordsKept { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Incidents, newest first, whose decisions are searched where neither subject nor incident is named: a query each.</summary>
    public int MostSearched { get; init; } = 500;

    /// <summary>
    /// How long a commit's author may take before whoever needs its scope carries the commit out in its place. Longer than it
    /// takes on a bad day, for helpers double its load; short beside a message's visibility.
    /// </summary>
    public TimeSpan HelpAfter { get; init; } = TimeSpan.FromSeconds(2);
}
