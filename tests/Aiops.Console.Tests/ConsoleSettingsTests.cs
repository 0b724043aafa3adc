using System.CommandLine;
using Aiops.Cli;
using Aiops.Cli.Serve;

namespace Aiops.Console.Tests;

public sealed class ConsoleSettingsTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Alone_on_this_machine_it_needs_no_login() => Read(new EventServerOptions())!.IsLocal.ShouldBeTrue();

    [Fact]
    public void Where_others_may_come_there_is_none_without_a_login()
    {
        const string Secret = "0123456789abcdef0123";
        Read(new EventServerOptions { Listen = EventServerOptions.ParseListen("0.0.0.0:8321"), Token = Secret }).ShouldBeNull();
        Read(new EventServerOptions { Token = Secret }).ShouldBeNull();
        Read(new EventServerOptions { WebhookSecret = Secret }).ShouldBeNull();
        Read(new EventServerOptions { AllowedTopics = ["arn:aws:sns:eu-west-1:111122223333:alarms"] }).ShouldBeNull();
    }

    [Fact]
    public void With_a_login_others_may_come()
    {
        Tokens.OneOfEach(folder.File("tokens.json"));
        var options = Read(new EventServerOptions { Listen = EventServerOptions.ParseListen("0.0.0.0:8321") }, "--console-tokens", folder.File("tokens.json"));
        options!.IsLocal.ShouldBeFalse();
        options.Tokens!.Find(Tokens.Reader)!.Name.ShouldBe("Rea");
    }

    [Theory]
    [InlineData("--oidc-authority", "https://login.example.com")]
    [InlineData("--oidc-client-id", "aiops")]
    [InlineData("--oidc-authority", "https://login.example.com", "--oidc-client-id", "aiops")]
    [InlineData("--oidc-authority", "http://login.example.com", "--oidc-client-id", "aiops", "--public-address", "https://aiops.example.com")]
    [InlineData("--public-address", "https://aiops.example.com")]
    [InlineData("--public-address", "aiops.example.com")]
    [InlineData("--console-tokens", "no-such-file.json")]
    public void Half_a_login_is_refused_before_anything_starts(params string[] arguments)
        => Should.Throw<UserErrorException>(() => Read(new EventServerOptions(), arguments));

    [Fact]
    public void Whoever_is_on_this_machine_releases_nothing_unless_that_is_said_and_never_beside_a_login()
    {
        Read(new EventServerOptions())!.LocalApprover.ShouldBeFalse();
        Read(new EventServerOptions(), "--local-approver")!.LocalApprover.ShouldBeTrue();
        Tokens.OneOfEach(folder.File("tokens.json"));
        Should.Throw<UserErrorException>(() => Read(new EventServerOptions(), "--local-approver", "--console-tokens", folder.File("tokens.json")));
    }

    private ConsoleOptions? Read(EventServerOptions server, params string[] arguments)
    {
        var command = new RootCommand();
        foreach (var option in ConsoleSettings.All)
        {
            command.Add(option);
        }

        using var environment = CommandEnvironment.OfThisProcess();
        return ConsoleSettings.Read(command.Parse(arguments), environment, server, folder.Path);
    }
}
