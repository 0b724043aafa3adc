using System.Globalization;
using Aiops.Analysis.Drift;

namespace Aiops.Accuracy.Drift;

/// <summary>The product's detector, told of each build as of a deployment.</summary>
internal sealed class OurWatch(DriftSettings settings) : IRegressionWatch
{
    private readonly DriftDetector detector = new(settings);
    private long? lastBuild;

    /// <summary>What it said last.</summary>
    public DriftVerdict? Verdict { get; private set; }

    /// <summary>The first regression that it raised.</summary>
    public LevelShift? First { get; private set; }

    public static string NameOf(long build) => build.ToString(CultureInfo.InvariantCulture);

    public bool Add(long position, double value, long build)
    {
        if (build != lastBuild)
        {
            detector.Deploy(new Deployment(position, NameOf(build)));
            lastBuild = build;
        }

        Verdict = detector.Add(new Measurement(position, value));
        if (Verdict is not DriftVerdict.Regression { IsNew: true } raised)
        {
            return false;
        }

        First ??= raised.Shift;
        return true;
    }

    public VerdictKind? Kind => Verdict switch
    {
        DriftVerdict.Stable => VerdictKind.Stable,
        DriftVerdict.Spike => VerdictKind.Spike,
        DriftVerdict.Regression => VerdictKind.Regression,
        DriftVerdict.HighDeviation => VerdictKind.HighDeviation,
        DriftVerdict.BuildDependent => VerdictKind.BuildDependent,
        _ => null,
    };
}
