using Aiops.Analysis.Telemetry;
using Aiops.Simulator.Shop;

namespace Aiops.Simulator.Signals;

/// <summary>Writes what the services of the shop would log, each in the manner of its language.</summary>
internal sealed class LogSynthesis(WebShop shop, Scenario scenario, List<LogLine> lines)
{
    private const long Millisecond = 1_000_000;

    private readonly SimulatedRandom chance = new(scenario.Seed, "logs");

    /// <summary>A request came to its end in a component.</summary>
    public void Served(Operation operation, string traceId, long at, double milliseconds, Failure? failure)
    {
        var component = operation.Component;
        if (component.Style == LogStyle.None)
        {
            return;
        }

        var took = milliseconds.ToString("0.00");
        var whole = ((int)milliseconds).ToString();
        if (component.Style == LogStyle.Lambda)
        {
            var id = chance.Id();
            Write(at - (long)(milliseconds * Millisecond), component, "INFO", $"START RequestId: {id} Version: 41", traceId);
            if (failure is { Component: var culprit } && culprit == component)
            {
                Write(at, component, "ERROR", FailureText.Own(component, failure.Cause, chance), traceId);
            }

            Write(at, component, "INFO", $"END RequestId: {id}", traceId);
            Write(at, component, "INFO", $"REPORT RequestId: {id}\tDuration: {took} ms\tBilled Duration: {(int)milliseconds + 1} ms\tMemory Size: 512 MB\tMax Memory Used: {chance.Whole(118, 141)} MB", traceId);
        }
        else if (failure is null)
        {
            Write(at, component, "INFO", component.Style == LogStyle.Java
                ? $"c.e.shop.{component.Name}.{Type(component)}Controller : {operation.Name} {Subject(component)} completed in {whole} ms"
                : $"level=info msg=\"request handled\" op=\"{operation.Name}\" id={Subject(component)} took={took}ms", traceId);
        }
        else
        {
            if (failure.Component == component)
            {
                Write(at, component, "ERROR", FailureText.Own(component, failure.Cause, chance), traceId);
            }

            Write(at, component, "ERROR", component.Style == LogStyle.Java
                ? $"c.e.shop.{component.Name}.{Type(component)}Controller : {operation.Name} {Subject(component)} failed with 503 after {whole} ms"
                : $"level=error msg=\"request failed\" op=\"{operation.Name}\" status=503 took={took}ms", traceId);
        }
    }

    /// <summary>An attempt to call someone failed.</summary>
    public void CallFailed(Operation caller, OperationCall call, string traceId, long at, Failure failure, int attempt)
    {
        var component = caller.Component;
        if (component.Style == LogStyle.None)
        {
            return;
        }

        var last = attempt == call.Retries;
        var direct = failure.Component == call.Callee.Component;
        var what = direct
            ? FailureText.OfCallee(component, call.Callee, failure.Cause, chance)
            : FailureText.Upstream(component, call.Callee);
        Write(at, component, last && !call.Optional ? "ERROR" : "WARN", last ? what : $"{what} (attempt {attempt + 1}, retrying)", traceId);
    }

    /// <summary>What is written whether anyone buys or not.</summary>
    public void Background(int minute, Func<string, bool> isDown)
    {
        var start = scenario.Start.AddMinutes(minute).ToUnixTimeMilliseconds() * Millisecond;
        foreach (var component in shop.Components.Where(c => c.Style is LogStyle.Java or LogStyle.Go && !isDown(c.Name)))
        {
            var at = start + (chance.Whole(0, 59_999) * Millisecond);
            var (severity, body) = component.Style == LogStyle.Java
                ? chance.Whole(0, 9) switch
                {
                    < 5 => ("INFO", $"o.s.b.a.health : readiness check passed in {chance.Whole(1, 9)} ms"),
                    < 8 => ("DEBUG", $"[gc] GC({chance.Whole(1000, 9000)}) Pause Young (Normal) (G1 Evacuation Pause) {chance.Whole(300, 420)}M->{chance.Whole(120, 180)}M(768M) {chance.Between(2, 9):0.000}ms"),
                    < 9 => ("INFO", $"c.zaxxer.hikari.pool : HikariPool-1 - stats (total=14, active={chance.Whole(0, 3)}, idle={chance.Whole(11, 14)}, waiting=0)"),
                    _ => ("WARN", $"c.e.shop.{component.Name}.Config : feature flag cache refreshed late by {chance.Whole(100, 900)} ms"),
                }
                : chance.Whole(0, 9) < 8
                    ? ("INFO", $"level=info msg=\"healthz\" status=200 goroutines={chance.Whole(40, 90)}")
                    : ("WARN", $"level=warn msg=\"slow tick\" loop=metrics late={chance.Whole(10, 80)}ms");
            Write(at, component, severity, body, "");
        }
    }

    /// <summary>A version comes up.</summary>
    public void Started(ShopComponent component, DateTimeOffset at, string version)
        => Write(at.ToUnixTimeMilliseconds() * Millisecond, component, "INFO", component.Style switch
        {
            LogStyle.Java => $"c.e.shop.{component.Name}.Application : Started Application {version} in {chance.Between(4, 9):0.000} seconds (process running for 10.2)",
            LogStyle.Go => $"level=info msg=\"listening\" addr=:8080 version={version}",
            _ => $"INIT_START Runtime Version: nodejs:22.v18\tFunction version {version}",
        }, "");

    /// <summary>Lines that have nothing to do with any request.</summary>
    public void Planted(PlantedLine line, int minute)
    {
        if (minute < (scenario.Fault.Onset + line.From).TotalMinutes)
        {
            return;
        }

        var start = scenario.Start.AddMinutes(minute).ToUnixTimeMilliseconds() * Millisecond;
        for (var i = 0; i < line.PerMinute; i++)
        {
            var at = start + ((long)((i + 0.5) * 60_000 / line.PerMinute) * Millisecond);
            lines.Add(new LogLine(at, line.Component, line.Severity, line.Body, ""));
        }
    }

    private string Subject(ShopComponent component) => component.Part switch
    {
        "orders" or "fulfilment" or "checkout" => $"order {chance.Whole(700000, 799999)}",
        "inventory" or "catalog" => $"sku-{chance.Whole(1000, 9999)}",
        _ => $"session {chance.Hex(8)}",
    };

    private static string Type(ShopComponent component) => char.ToUpperInvariant(component.Name[0]) + component.Name[1..];

    private void Write(long at, ShopComponent component, string severity, string body, string traceId)
        => lines.Add(new LogLine(at, component.Name, severity, body, traceId));
}

/// <summary>A log line that is kept until its minute is written in order.</summary>
internal sealed record LogLine(long UnixNanoseconds, string Component, string Severity, string Body, string TraceId)
{
    public LogRecord Record => new(UnixNanoseconds, Component, Severity, Body, TraceId);
}
