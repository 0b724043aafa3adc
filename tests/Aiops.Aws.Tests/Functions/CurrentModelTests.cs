using Aiops.Aws.SystemsManager;
using Aiops.Aws.Wire;
using Aiops.Functions.Reason;
using Aiops.Functions.Running;
using Aiops.Pipeline;
using Aiops.Pipeline.Reason.Models;
using Aiops.ScriptedModel;
using Amazon.Runtime;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Aiops.Aws.Tests.Functions;

/// <summary>The model's settings of a deployed host, which people change, switch off, delete and get wrong while it lives.</summary>
public sealed class CurrentModelTests : IAsyncLifetime
{
    private readonly ManualTimeProvider clock = new();
    private readonly Parameters parameters = new();
    private readonly Heard log = new();
    private ScriptedModelServer server = null!;
    private CurrentModel model = null!;

    public async Task InitializeAsync()
    {
        server = await ScriptedModelServer.StartAsync(ScriptedReply.Say("yes"));
        model = NewModel("/aiops-test/model");
    }

    public async Task DisposeAsync()
    {
        model.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_parameter_there_is_no_model_and_nothing_is_read()
    {
        using var none = NewModel(null);
        (await none.InForceAsync(default)).ShouldBeNull();
        parameters.Reads.ShouldBe(0);
    }

    [Fact]
    public async Task The_profile_is_called_where_one_is_named_and_the_Regions_own_model_otherwise()
    {
        parameters.Text = Settings("\"inferenceProfile\": \"eu.amazon.nova-pro-v1:0\", \"region\": \"eu-west-1\",");
        await AskAsync();
        parameters.Text = Settings();
        clock.Advance(KeptFor);
        await AskAsync();
        server.Requests.Select(request => request.Model).ShouldBe(["eu.amazon.nova-pro-v1:0", "amazon.nova-pro-v1:0"]);
        server.Complaints.ShouldBeEmpty();
        log.Errors.ShouldBe(0);
    }

    [Fact]
    public async Task A_model_is_made_anew_only_when_its_settings_change_and_is_off_within_five_minutes()
    {
        parameters.Text = Settings();
        var first = (await model.InForceAsync(default)).ShouldNotBeNull();
        first.Return.ShouldNotBeNull();
        clock.Advance(KeptFor);
        (await model.InForceAsync(default)).ShouldBeSameAs(first); // Its pause between looks goes on, too.
        parameters.Text = "off\n";
        clock.Advance(KeptFor - TimeSpan.FromSeconds(1));
        (await model.InForceAsync(default)).ShouldBeSameAs(first);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await model.InForceAsync(default)).ShouldBeNull();
        (parameters.Reads, log.Errors).ShouldBe((3, 0));
    }

    [Theory]
    [InlineData("no json", "no JSON")]
    [InlineData("""{ "provider": "bedrock", "model": "amazon.nova-pro-v1:0" }""", "price")]
    [InlineData("""{ "provider": "openai", "model": "m", "endpoint": "http://127.0.0.1:1/v1" }""", "\"provider\" must be bedrock")]
    [InlineData("""{ "provider": "bedrock", "model": "amazon.nova-pro-v1:0", "region": "us-east-1", "price": { "input": 1, "output": 1 } }""", "must be the stack's own, eu-west-1")]
    [InlineData(null, "doesn't exist")]
    public async Task Settings_that_cannot_be_used_refuse_each_question_with_the_reason_and_are_an_error_at_each_look(string? text, string why)
    {
        parameters.Text = text;
        (await Should.ThrowAsync<ModelException>(AskAsync)).Message.ShouldContain(why);
        (await model.InForceAsync(default)).ShouldNotBeNull().Return.ShouldBeNull(); // Nobody looks whether it is back.
        log.Errors.ShouldBe(1);
        clock.Advance(KeptFor);
        await model.InForceAsync(default);
        log.Errors.ShouldBe(2);
        parameters.Text = Settings();
        clock.Advance(KeptFor);
        (await model.InForceAsync(default)).ShouldNotBeNull().Return.ShouldNotBeNull();
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_parameter_that_we_may_not_read_is_a_mistake_of_settings_too()
    {
        parameters.Fails = new WireException(WireFailure.Denied, "AccessDeniedException", "no ssm:GetParameters");
        (await Should.ThrowAsync<ModelException>(AskAsync)).Failure.ShouldBe(ModelFailure.Refused);
        log.Errors.ShouldBe(1);
    }

    [Fact]
    public async Task While_the_parameter_cannot_be_had_the_settings_of_before_hold()
    {
        parameters.Fails = new WireException(WireFailure.Unavailable, "", "silent");
        await Should.ThrowAsync<StoreUnavailableException>(() => model.InForceAsync(default)); // The workflow tries again.
        (parameters.Fails, parameters.Text) = (null, Settings());
        var before = await model.InForceAsync(default);
        parameters.Fails = new WireException(WireFailure.Throttled, "ThrottlingException", "slow down");
        clock.Advance(KeptFor);
        (await model.InForceAsync(default)).ShouldBeSameAs(before);
        log.Errors.ShouldBe(0);
    }

    private static TimeSpan KeptFor => ParameterInForce<object>.KeptFor;

    private async Task AskAsync() => await (await model.InForceAsync(default))!.Model.AskAsync(
        "inc-1", $"key/{server.Requests.Count}", [new ChatMessage(ChatRole.User, "Are you there?")], new ChatOptions { MaxOutputTokens = 16 }, default);

    private string Settings(string more = "")
        => $$"""{ "provider": "bedrock", "model": "amazon.nova-pro-v1:0", {{more}} "endpoint": "{{server.BedrockBase}}", "price": { "input": 1, "output": 4 } }""";

    private CurrentModel NewModel(string? parameter) => new(
        new AwsHostSettings { Environment = "test", Table = "t", DocumentsBucket = "b", Region = "eu-west-1", ModelParameter = parameter }, parameters,
        new WireOptions { Region = "eu-west-1", Credentials = new BasicAWSCredentials("test", "test"), Jitter = () => 0.5 },
        new GrantingBudget(), null!, null!, null!, clock, log);

    /// <summary>Caps are another test's.</summary>
    private sealed class GrantingBudget : IModelBudget
    {
        public Task<ReservationAnswer> ReserveAsync(ModelReservation reservation, ModelCaps caps, CancellationToken cancellationToken)
            => Task.FromResult(new ReservationAnswer(Reached: null));

        public Task SettleAsync(ModelReservation reservation, ModelSpend actual, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<ModelSpend> SpentAsync(string account, CancellationToken cancellationToken) => Task.FromResult(ModelSpend.Zero);
    }

    private sealed class Parameters : IParameters
    {
        public string? Text { get; set; }

        public Exception? Fails { get; set; }

        public int Reads { get; private set; }

        public Task<IReadOnlyDictionary<string, string>> GetAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
        {
            Reads++;
            return Fails is { } failure
                ? Task.FromException<IReadOnlyDictionary<string, string>>(failure)
                : Task.FromResult<IReadOnlyDictionary<string, string>>(Text is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [names[0]] = Text });
        }
    }

    private sealed class Heard : ILogger<CurrentModel>
    {
        public int Errors { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => Errors += logLevel == LogLevel.Error ? 1 : 0;
    }
}
