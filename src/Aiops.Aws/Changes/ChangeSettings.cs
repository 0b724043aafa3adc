namespace Aiops.Aws.Changes;

/// <summary>Where changes are looked for beside the table that records them as they happen.</summary>
public sealed record ChangeSettings
{
    /// <summary>The account watched.</summary>
    public required string Account { get; init; }

    /// <summary>Changes told for one incident.</summary>
    public int Most { get; init; } = 2000;

    /// <summary>Pages of 50 read from CloudTrail where the table has nothing: at two a second.</summary>
    public int MostLookups { get; init; } = 20;

    /// <summary>Whether to ask Application Signals for the changes it saw.</summary>
    public bool ApplicationSignals { get; init; }

    /// <summary>Whether to ask Config which resources it recorded anew: only where a recorder runs.</summary>
    public bool Config { get; init; }

    /// <summary>The stage gives changes 60 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(45);
}
