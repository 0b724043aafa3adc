using Aiops.Aws.SystemsManager;
using Aiops.Aws.Wire;
using Aiops.Functions.Comment;
using Aiops.Functions.Review;
using Aiops.Functions.Running;
using Aiops.Pipeline;
using Aiops.Pipeline.Comment;
using Aiops.PortTests.Tickets;
using Microsoft.Extensions.Logging;

namespace Aiops.Aws.Tests.Functions;

/// <summary>The ticket settings of a deployed host, which people change, delete and get wrong while it lives.</summary>
public sealed class CurrentTicketsTests
{
    private const string Good = """{ "system": "redmine", "url": "https://redmine.example.com/", "project": "ops", "token": "secret:redmine" }""";

    private readonly ManualTimeProvider clock = new();
    private readonly Parameters parameters = new();
    private readonly Heard log = new();
    private readonly CurrentTickets tickets;

    public CurrentTicketsTests()
    {
        var settings = new AwsHostSettings { Environment = "test", Table = "t", DocumentsBucket = "b", TicketsParameter = "/aiops-test/tickets" };
        tickets = new CurrentTickets(settings, parameters, client: null!, own: null!, new InMemoryTicketLedger(clock), clock, log);
    }

    [Fact]
    public async Task Tickets_go_where_the_parameter_says_and_are_made_anew_only_when_it_changes()
    {
        parameters.Text = Good;
        var first = await tickets.ForeignAsync(default);
        first.Tickets.ShouldNotBeNull().Name.ShouldBe("Redmine");
        clock.Advance(ParameterInForce<ForeignTickets>.KeptFor);
        (await tickets.ForeignAsync(default)).ShouldBeSameAs(first);
        parameters.Text = Good.Replace("ops", "other");
        clock.Advance(ParameterInForce<ForeignTickets>.KeptFor);
        (await tickets.ForeignAsync(default)).ShouldNotBeSameAs(first);
        log.Errors.ShouldBe(0);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("""{ "system": "redmine" }""")]
    [InlineData("""{ "system": "redmine", "url": "https://r.example.com/", "project": "ops", "token": "the-secret-itself" }""")]
    [InlineData(null)]
    public async Task Settings_that_cannot_be_used_cost_no_comment_and_are_an_error_at_each_look(string? text)
    {
        parameters.Text = text;
        (await tickets.ForeignAsync(default)).ShouldBeSameAs(ForeignTickets.None);
        await tickets.ForeignAsync(default);
        log.Errors.ShouldBe(1);
        clock.Advance(ParameterInForce<ForeignTickets>.KeptFor);
        await tickets.ForeignAsync(default);
        log.Errors.ShouldBe(2);
        parameters.Text = Good;
        clock.Advance(ParameterInForce<ForeignTickets>.KeptFor);
        (await tickets.ForeignAsync(default)).Tickets.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_parameter_that_we_may_not_read_is_a_mistake_of_settings_too()
    {
        parameters.Fails = new WireException(WireFailure.Denied, "AccessDeniedException", "no ssm:GetParameters");
        (await tickets.ForeignAsync(default)).ShouldBeSameAs(ForeignTickets.None);
        log.Errors.ShouldBe(1);
    }

    [Fact]
    public async Task While_the_parameter_cannot_be_had_the_settings_of_before_hold()
    {
        parameters.Fails = new WireException(WireFailure.Unavailable, "", "silent");
        await Should.ThrowAsync<StoreUnavailableException>(() => tickets.ForeignAsync(default)); // The workflow tries again.
        (parameters.Fails, parameters.Text) = (null, Good);
        var before = await tickets.ForeignAsync(default);
        parameters.Fails = new WireException(WireFailure.Throttled, "ThrottlingException", "slow down");
        clock.Advance(ParameterInForce<ForeignTickets>.KeptFor);
        (await tickets.ForeignAsync(default)).ShouldBeSameAs(before);
    }

    [Fact]
    public async Task Replies_are_looked_for_by_one_poll_as_long_as_the_settings_stay()
    {
        CurrentReplies replies = new(new InMemoryTicketLedger(clock), null!, null!, new DocumentsInMemory(), null!, null!, clock, log);
        replies.Poll(ForeignTickets.None).ShouldBeNull();
        parameters.Text = Good;
        var poll = replies.Poll(await tickets.ForeignAsync(default)).ShouldNotBeNull();
        poll.Longest.ShouldBe(CurrentReplies.Longest);
        replies.Poll(await tickets.ForeignAsync(default)).ShouldBeSameAs(poll);
    }

    private sealed class Parameters : IParameters
    {
        public string? Text { get; set; }

        public Exception? Fails { get; set; }

        public Task<IReadOnlyDictionary<string, string>> GetAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
            => Fails is { } failure
                ? Task.FromException<IReadOnlyDictionary<string, string>>(failure)
                : Task.FromResult<IReadOnlyDictionary<string, string>>(Text is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [names[0]] = Text });
    }

    private sealed class Heard : ILoggerFactory, ILogger
    {
        public int Errors { get; private set; }

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => Errors += logLevel == LogLevel.Error ? 1 : 0;

        public void Dispose()
        {
        }
    }
}
