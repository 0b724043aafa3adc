namespace Aiops.Analysis.RootCauses;

/// <summary>A component that may be the cause, with the findings for and against it.</summary>
internal sealed class Candidate(ComponentEvidence evidence)
{
    private readonly List<Finding> findings = [.. evidence.Own];

    public ComponentEvidence Evidence => evidence;

    public double Score => findings.Sum(f => f.Weight);

    public IEnumerable<Finding> For => findings.Where(f => f.Weight > 0).OrderByDescending(f => f.Weight);

    public IEnumerable<Finding> Against => findings.Where(f => f.Weight < 0).OrderBy(f => f.Weight);

    public void Add(Finding finding) => findings.Add(finding);

    /// <summary>How much of what it shows something else would make it show.</summary>
    private double ExplainedAmountOf(Finding finding) => finding switch
    {
        Finding.ExplainedByCallee { Share: var share } => share * evidence.Propagating,
        Finding.ExplainedByCaller { Share: var share } => share * evidence.Load,
        _ => 0,
    };

    public Suspect ToSuspect(double confidence, int rank) => new()
    {
        Rank = rank,
        Component = evidence.Component,
        Confidence = confidence,
        Score = Score,
        IsSymptom = findings.Sum(ExplainedAmountOf) > evidence.Total / 2,
        Onset = evidence.Onset,
        For = [.. For],
        Against = [.. Against],
    };
}
