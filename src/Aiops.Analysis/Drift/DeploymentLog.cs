namespace Aiops.Analysis.Drift;

/// <summary>The latest deployments, in order.</summary>
internal sealed class DeploymentLog
{
    private const int Kept = 2 * Regime.Capacity; // More than any onset reaches back, where each measurement has its own.

    private readonly List<Deployment> deployments = [];

    public bool IsEmpty => deployments.Count == 0;

    public void Add(Deployment deployment)
    {
        if (deployments.Count > 0 && deployment.Position < deployments[^1].Position)
        {
            throw new ArgumentOutOfRangeException(nameof(deployment), deployment, "Deployments come in order.");
        }

        if (deployments.Count == Kept)
        {
            deployments.RemoveRange(0, Kept / 2);
        }

        deployments.Add(deployment);
    }

    /// <summary>The last deployment that a measurement at a position ran with.</summary>
    public Deployment? At(long position)
    {
        var after = FirstAfter(position);
        return after == 0 ? null : deployments[after - 1];
    }

    /// <summary>What the measurements between two positions ran with, ends included.</summary>
    public IReadOnlyList<Deployment> Between(long first, long last)
    {
        var from = Math.Max(0, FirstAfter(first) - 1);
        return deployments[from..FirstAfter(last)];
    }

    private int FirstAfter(long position)
    {
        var (low, high) = (0, deployments.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = deployments[middle].Position <= position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
