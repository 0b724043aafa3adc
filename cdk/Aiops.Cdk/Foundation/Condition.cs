namespace Aiops.Cdk.Foundation;

/// <summary>A condition of a policy's statement, with one test.</summary>
internal static class Condition
{
    /// <param name="test">As <c>StringEquals</c>.</param>
    /// <param name="values">Any of them.</param>
    public static Dictionary<string, object> That(string test, string key, params string[] values)
        => new() { [test] = new Dictionary<string, object> { [key] = values.Length == 1 ? values[0] : values } };
}
