using System.Text.Json.Nodes;
using Aiops.Functions.Running;
using Aiops.Pipeline;
using Microsoft.Extensions.Logging;

namespace Aiops.Aws.Tests.Functions;

public sealed partial class FunctionRunTests : IDisposable
{
    private readonly MemoryStream standardOutput = new();
    private readonly ManualTimeProvider clock = new();
    private readonly FunctionOutput output;
    private readonly FunctionMetrics metrics;
    private readonly FunctionRun run;

    public FunctionRunTests()
    {
        output = new FunctionOutput(standardOutput);
        metrics = new FunctionMetrics(output, "test", clock);
        run = new FunctionRun(metrics, TimeProvider.System);
    }

    public void Dispose() => standardOutput.Dispose();

    [Fact]
    public async Task Work_is_cancelled_shortly_before_Lambda_would_stop_it_and_says_so_by_a_name_that_is_retried()
    {
        var context = new TestContext { RemainingTime = FunctionRun.Reserve + TimeSpan.FromMilliseconds(50) };
        var thrown = await Should.ThrowAsync<StageDeadlineException>(() => run.RunAsync<int>(context, async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return 1;
        }));
        thrown.Message.ShouldContain("aiops-test-function");
    }

    [Fact]
    public async Task Work_that_has_no_time_left_at_all_is_cancelled_at_once()
    {
        var context = new TestContext { RemainingTime = FunctionRun.Reserve };
        await Should.ThrowAsync<StageDeadlineException>(() => run.RunAsync(context, token =>
        {
            token.ThrowIfCancellationRequested();
            return Task.FromResult(1);
        }));
    }

    [Fact]
    public async Task What_the_work_throws_keeps_its_name()
        => await Should.ThrowAsync<StoreUnavailableException>(
            () => run.RunAsync<int>(new TestContext(), _ => throw new StoreUnavailableException("throttled")));

    [Fact]
    public async Task Somebody_elses_cancellation_is_not_called_a_deadline()
        => await Should.ThrowAsync<OperationCanceledException>(
            () => run.RunAsync<int>(new TestContext(), _ => throw new OperationCanceledException()));

    [Fact]
    public async Task What_was_counted_is_one_line_in_the_embedded_metric_format()
    {
        await run.RunAsync(new TestContext(), _ =>
        {
            metrics.Count("Events", 3);
            metrics.Count("Events", 2);
            metrics.Count("EventsFailed", 0);
            return Task.FromResult(1);
        });
        var line = Lines().ShouldHaveSingleItem();
        var directive = line["_aws"]!["CloudWatchMetrics"]![0]!;
        ((long)line["_aws"]!["Timestamp"]!).ShouldBe(clock.GetUtcNow().ToUnixTimeMilliseconds());
        ((string?)directive["Namespace"]).ShouldBe("Aiops");
        directive["Dimensions"]![0]!.AsArray().Select(name => (string?)name).ShouldBe(["Environment", "Function"]);
        directive["Metrics"]!.AsArray().Select(metric => ((string?)metric!["Name"], (string?)metric["Unit"])).ShouldBe([("Events", "Count"), ("EventsFailed", "Count")]);
        ((double)line["Events"]!, (double)line["EventsFailed"]!, (string?)line["Environment"], (string?)line["Function"]).ShouldBe((5, 0, "test", "aiops-test-function"));
    }

    [Fact]
    public async Task Each_invocation_counts_anew_and_one_that_counts_nothing_writes_nothing()
    {
        await run.RunAsync(new TestContext(), _ =>
        {
            metrics.Count("Events", 1);
            return Task.FromResult(1);
        });
        await run.RunAsync(new TestContext(), _ => Task.FromResult(1));
        Lines().Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_counted_before_a_failure_is_written_all_the_same()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => run.RunAsync<int>(new TestContext(), _ =>
        {
            metrics.Count("Events", 1);
            throw new InvalidOperationException();
        }));
        ((double)Lines().ShouldHaveSingleItem()["Events"]!).ShouldBe(1);
    }

    [Fact]
    public async Task A_log_line_bears_the_invocations_ids_and_its_values_masked()
    {
        using var loggers = new JsonLoggerFactory(output, clock);
        var logger = loggers.CreateLogger<FunctionRunTests>();
        await run.RunAsync(new TestContext(), _ =>
        {
            LogOpened(logger, new StoreUnavailableException("gone"), "INC-1", "password=hunter2secret99 in a title\nof two lines");
            return Task.FromResult(1);
        });
        var line = Lines().ShouldHaveSingleItem();
        ((string?)line["level"], (string?)line["requestId"], (string?)line["IncidentId"], (string?)line["errorType"])
            .ShouldBe(("Warning", "8476a536-e9f4-11e8-9739-2dfe598c3fcd", "INC-1", "StoreUnavailableException"));
        line.ToJsonString().ShouldNotContain("hunter2secret99");
    }

    [Fact]
    public void What_is_below_information_is_not_written()
    {
        using var loggers = new JsonLoggerFactory(output, clock);
        LogDetail(loggers.CreateLogger<FunctionRunTests>(), "detail");
        Lines().ShouldBeEmpty();
    }

    private List<JsonNode> Lines()
        => [.. System.Text.Encoding.UTF8.GetString(standardOutput.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];

    [LoggerMessage(LogLevel.Warning, "Opened {IncidentId}: {Title}")]
    private static partial void LogOpened(ILogger logger, Exception exception, string incidentId, string title);

    [LoggerMessage(LogLevel.Debug, "{Detail}")]
    private static partial void LogDetail(ILogger logger, string detail);
}
