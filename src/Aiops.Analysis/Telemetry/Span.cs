namespace Aiops.Analysis.Telemetry;

/// <summary>One operation of one component within a trace, by OpenTelemetry's names.</summary>
/// <param name="ParentSpanId">Empty at the root of a trace.</param>
/// <param name="Component">OTel <c>service.name</c>.</param>
/// <param name="Failed">Whether its status is <c>ERROR</c>.</param>
public readonly record struct Span(
    string TraceId,
    string SpanId,
    string ParentSpanId,
    string Component,
    string Operation,
    long StartUnixNanoseconds,
    long EndUnixNanoseconds,
    bool Failed)
{
    public TimeSpan Duration => TimeSpan.FromTicks((EndUnixNanoseconds - StartUnixNanoseconds) / TimeSpan.NanosecondsPerTick);
}

/// <summary>Takes spans one by one, in no promised order.</summary>
public delegate void SpanSink(in Span span);
