using Aiops.Aws.Tests.Wire.Peer;

namespace Aiops.Aws.Tests.CloudWatch;

/// <summary>CloudWatch's answers as its API reference shows them.</summary>
internal static class CloudWatchXml
{
    public static PeerAnswer Answer(string operation, string result) => $"""
        <{operation}Response xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/">
          <{operation}Result>{result}</{operation}Result>
          <ResponseMetadata><RequestId>5c1a2e3f-0000-4000-8000-000000000002</RequestId></ResponseMetadata>
        </{operation}Response>
        """;

    public static PeerAnswer Data(params IEnumerable<string> results)
        => Answer("GetMetricData", $"<MetricDataResults>{string.Concat(results)}</MetricDataResults><Messages/>");

    public static PeerAnswer DataThen(string next, params IEnumerable<string> results)
        => Answer(
            "GetMetricData", $"<MetricDataResults>{string.Concat(results)}</MetricDataResults><NextToken>{next}</NextToken>");

    public static string Result(
        string id, string label, string status, params IEnumerable<(DateTimeOffset At, double Value)> samples)
        => $"""
            <member><Id>{id}</Id><Label>{label}</Label><StatusCode>{status}</StatusCode>
            <Timestamps>{string.Concat(samples.Select(s => $"<member>{s.At:yyyy-MM-ddTHH:mm:ssZ}</member>"))}</Timestamps>
            <Values>{string.Concat(samples.Select(s => $"<member>{s.Value}</member>"))}</Values></member>
            """;

    public static PeerAnswer Alarms(params IEnumerable<string> metricAlarms) => Answer(
        "DescribeAlarms", $"<MetricAlarms>{string.Concat(metricAlarms)}</MetricAlarms><CompositeAlarms/>");

    public static string Plain(string name, string space, string metric, string dimension, string value, string more = "") => $"""
        <member><AlarmName>{name}</AlarmName><AlarmArn>arn:aws:cloudwatch:eu-central-1:123456789012:alarm:{name}</AlarmArn>
        <StateValue>OK</StateValue><Namespace>{space}</Namespace><MetricName>{metric}</MetricName><Statistic>Sum</Statistic>
        <Period>60</Period><Dimensions><member><Name>{dimension}</Name><Value>{value}</Value></member></Dimensions>{more}</member>
        """;
}
