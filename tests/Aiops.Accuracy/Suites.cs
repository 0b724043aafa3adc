using Aiops.Accuracy.Anomalies;
using Aiops.Accuracy.Calibration;
using Aiops.Accuracy.Drift;
using Aiops.Accuracy.Learning;
using Aiops.Accuracy.LogPatterns;
using Aiops.Accuracy.Reranking;
using Aiops.Accuracy.RootCauses;
using Aiops.Accuracy.RootCauses.LateOnset;
using Aiops.Accuracy.Storms;

namespace Aiops.Accuracy;

/// <summary>Every suite, in the order of the help.</summary>
internal static class Suites
{
    public static IReadOnlyList<ISuite> All { get; } =
    [
        new PetshopSuite(),
        new NezhaSuite(),
        new NabSuite(),
        new MsCloudSuite(),
        new SapSuite(),
        new LoghubSuite(),
        new StormsSuite(),
        new CalibrationSuite(),
        new LateOnsetSuite(),
        new LearningSuite(),
        new RerankingSuite(),
        new SimulatedSuite(),
    ];

    public static ISuite? Find(string name) => All.FirstOrDefault(suite => suite.Name == name);
}
