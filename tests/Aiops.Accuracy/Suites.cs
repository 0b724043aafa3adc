using Aiops.Accuracy.Calibration;
using Aiops.Accuracy.RootCauses;
using Aiops.Accuracy.RootCauses.LateOnset;

namespace Aiops.Accuracy;

/// <summary>Every suite, in the order of the help.</summary>
internal static class Suites
{
    public static IReadOnlyList<ISuite> All { get; } = [new PetshopSuite(), new NezhaSuite(), new LateOnsetSuite(), new CalibrationSuite()];

    public static ISuite? Find(string name) => All.FirstOrDefault(suite => suite.Name == name);
}
