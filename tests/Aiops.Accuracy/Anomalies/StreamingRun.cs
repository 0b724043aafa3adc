using Aiops.Analysis.Anomalies.Streaming;

namespace Aiops.Accuracy.Anomalies;

/// <summary>
/// What the detector said of one series: the very verdicts that a pipeline would see, at the default settings unless told.
/// </summary>
internal sealed record StreamingRun(NabSeries Series, StreamingVerdict[] Verdicts)
{
    public bool[] Alarms { get; } = Array.ConvertAll(Verdicts, verdict => verdict.Alarm);

    public NabTally Tally => NabScorer.Score(Series, Alarms);

    public static StreamingRun Of(NabSeries series, StreamingDetectorSettings? settings = null)
    {
        var detector = new StreamingDetector(settings);
        var verdicts = new StreamingVerdict[series.Length];
        for (var i = 0; i < verdicts.Length; i++)
        {
            verdicts[i] = detector.Next(series.UnixMilliseconds[i], series.Values[i]);
        }

        return new StreamingRun(series, verdicts);
    }
}
