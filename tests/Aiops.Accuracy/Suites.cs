using Aiops.Accuracy.Anomalies;

namespace Aiops.Accuracy;

/// <summary>Every suite, in the order of the help.</summary>
internal static class Suites
{
    public static IReadOnlyList<ISuite> All { get; } = [new NabSuite(), new MsCloudSuite()];

    public static ISuite? Find(string name) => All.FirstOrDefault(suite => suite.Name == name);
}
