namespace Aiops.Aws.CloudWatch;

/// <summary>CloudWatch's units in OpenTelemetry's spelling.</summary>
internal static class MetricUnits
{
    public static string Of(string? unit) => unit switch
    {
        "Seconds" => "s",
        "Milliseconds" => "ms",
        "Microseconds" => "us",
        "Bytes" => "By",
        "Kilobytes" => "kBy",
        "Megabytes" => "MBy",
        "Gigabytes" => "GBy",
        "Bytes/Second" => "By/s",
        "Count/Second" => "1/s",
        "Percent" => "%",
        "Count" => "1",
        _ => "",
    };
}
