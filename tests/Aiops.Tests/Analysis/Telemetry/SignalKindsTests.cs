using Aiops.Analysis.Telemetry;

namespace Aiops.Tests.Analysis.Telemetry;

public sealed class SignalKindsTests
{
    [Theory]
    [InlineData("http.server.request.duration", "s", SignalKind.Latency)]
    [InlineData("AWS/DynamoDB SuccessfulRequestLatency", "ms", SignalKind.Latency)]
    [InlineData("AWS/ApplicationELB TargetResponseTime", "s", SignalKind.Latency)]
    [InlineData("AWS/SQS ApproximateAgeOfOldestMessage", "s", SignalKind.Latency)]
    [InlineData("kafka_consumer_lag", "", SignalKind.Latency)]
    [InlineData("AWS/DynamoDB ThrottledRequests", "1", SignalKind.Errors)]
    [InlineData("AWS/ApplicationELB HTTPCode_Target_5XX_Count", "1", SignalKind.Errors)]
    [InlineData("UnHealthyHostCount", "1", SignalKind.Errors)]
    [InlineData("http.server.errors", "{request}", SignalKind.Errors)]
    [InlineData("RejectedConnectionCount", "1", SignalKind.Errors)]
    [InlineData("failed_requests_total", "", SignalKind.Errors)]
    [InlineData("HealthyHostCount", "1", SignalKind.Availability)]
    [InlineData("availability", "%", SignalKind.Availability)]
    [InlineData("PodSuccessRate", "%", SignalKind.Availability)]
    [InlineData("ECS/ContainerInsights RunningTaskCount", "1", SignalKind.Availability)]
    [InlineData("AWS/RDS DatabaseConnections", "1", SignalKind.Saturation)]
    [InlineData("AWS/ECS CPUUtilization", "%", SignalKind.Saturation)]
    [InlineData("jvm.memory.used", "By", SignalKind.Saturation)]
    [InlineData("AWS/SQS ApproximateNumberOfMessagesVisible", "1", SignalKind.Saturation)]
    [InlineData("AWS/Lambda ConcurrentExecutions", "1", SignalKind.Saturation)]
    [InlineData("AWS/Lambda Invocations", "1", SignalKind.Traffic)]
    [InlineData("http.server.requests", "{request}", SignalKind.Traffic)]
    [InlineData("NetworkReceiveBytes", "", SignalKind.Traffic)]
    [InlineData("requests", "", SignalKind.Traffic)]
    [InlineData("AWS/RDS FreeableMemory", "By", SignalKind.Other)]
    [InlineData("FreeStorageSpace", "By", SignalKind.Other)]
    [InlineData("CPUCreditBalance", "1", SignalKind.Other)]
    [InlineData("temperature", "Cel", SignalKind.Other)]
    [InlineData("", "", SignalKind.Other)]
    public void A_metric_is_known_by_the_words_of_its_name(string name, string unit, SignalKind kind)
        => SignalKinds.Of(name, unit).ShouldBe(kind);
}
