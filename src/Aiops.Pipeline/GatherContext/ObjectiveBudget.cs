namespace Aiops.Pipeline.GatherContext;

/// <summary>A service level objective and what is left of its error budget.</summary>
/// <param name="Goal">The share promised, 0 to 1 (0.999).</param>
/// <param name="Remaining">The share of the error budget that is left, 1 = untouched, negative = overspent.</param>
public sealed record ObjectiveBudget(string Name, string Component, double Goal, double Remaining);
