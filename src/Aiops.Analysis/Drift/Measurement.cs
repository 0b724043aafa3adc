namespace Aiops.Analysis.Drift;

/// <summary>One measurement of a series that is watched for drift.</summary>
/// <param name="Position">
/// Where it stands, ascending: an index, a build's number, or Unix milliseconds; equal ones keep their order.
/// </param>
/// <param name="Value">Finite, in the series' unit.</param>
public readonly record struct Measurement(long Position, double Value);

/// <summary>What was deployed: every measurement that comes after it ran with it.</summary>
/// <param name="Position">On the same scale as <see cref="Measurement.Position"/>.</param>
/// <param name="Name">For people: a version, a build, a commit.</param>
public sealed record Deployment(long Position, string Name);
