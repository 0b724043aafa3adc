namespace Aiops.Simulator.Shop;

/// <summary>
/// One operation where it stands in the tree of calls: the same table read by two services is two of these. What it calls
/// is called in order.
/// </summary>
public sealed record Operation(ShopComponent Component, string Name, params OperationCall[] Calls)
{
    /// <summary>Its number among all operations of the shop; callers come before what they call.</summary>
    public int Number { get; internal set; }
}

/// <summary>A call that an operation makes.</summary>
/// <param name="Probability">How often it is made per request, at most 1.</param>
/// <param name="Optional">Whether the caller can do without the answer.</param>
public sealed record OperationCall(
    Operation Callee, double Probability = 1, double TimeoutMilliseconds = 2_000, int Retries = 0, bool Optional = false);

/// <summary>A way into the shop.</summary>
/// <param name="Share">Of all requests; over all entries it sums to 1.</param>
public sealed record Entry(Operation Operation, double Share);
