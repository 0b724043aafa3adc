using System.Globalization;
using System.Text;

namespace Aiops.Accuracy.Anomalies;

/// <summary>
/// Writes result files as the benchmark lays them out, so that its own scorer can be run on them:
/// <c>&lt;folder&gt;/aiops/&lt;category&gt;/aiops_&lt;series&gt;.csv</c> with timestamp, value, anomaly_score, label.
/// </summary>
internal static class NabDetections
{
    private const string Detector = "aiops";

    public static async Task WriteAsync(string folder, StreamingRun run, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, Detector, run.Series.Category, $"{Detector}_{Path.GetFileName(run.Series.File)}");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var text = new StringBuilder("timestamp,value,anomaly_score,label\n");
        for (var i = 0; i < run.Series.Length; i++)
        {
            var label = run.Series.Windows.Any(window => i >= window.First && i <= window.Last) ? 1 : 0;
            var (stamp, value, score) = (run.Series.Stamps[i], run.Series.Values[i], run.Verdicts[i].Score);
            text.Append(CultureInfo.InvariantCulture, $"{stamp},{value},{score:R},{label}\n");
        }

        await File.WriteAllTextAsync(path, text.ToString(), cancellationToken);
    }
}
