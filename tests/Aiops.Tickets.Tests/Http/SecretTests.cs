using Aiops.Tickets.Http;

namespace Aiops.Tickets.Tests.Http;

public sealed class SecretTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("aiops-secret-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_file_is_read_anew_each_time_for_tokens_are_renewed()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "token"), "first\n");
        var secret = Of("file:token").ShouldNotBeNull();
        (await secret.ReadAsync(default)).ShouldBe("first");
        await File.WriteAllTextAsync(Path.Combine(folder, "token"), "second\n");
        (await secret.ReadAsync(default)).ShouldBe("second");
        File.Delete(Path.Combine(folder, "token"));
        (await Should.ThrowAsync<TicketSystemRefusedException>(() => secret.ReadAsync(default).AsTask())).Message.ShouldContain("can't be read");
    }

    [Fact]
    public async Task A_variable_or_the_host_s_store_holds_it()
    {
        (await Of("env:TOKEN")!.ReadAsync(default)).ShouldBe("of TOKEN");
        (await Of("secret:arn:aws:secretsmanager:eu-west-1:111122223333:secret:jira")!.ReadAsync(default)).ShouldBe("stored arn:aws:secretsmanager:eu-west-1:111122223333:secret:jira");
    }

    [Theory]
    [InlineData("ghp_something")]
    [InlineData("env:")]
    [InlineData("vault:x")]
    [InlineData("")]
    public void Anything_else_names_no_secret(string reference) => Of(reference).ShouldBeNull();

    [Fact]
    public void Without_a_store_none_is_named() => Secrets.Of("secret:x", new SecretSources(_ => null, null, folder)).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("two\nlines")]
    [InlineData("schlüssel")]
    public async Task What_no_header_can_carry_is_refused_and_not_repeated(string held)
    {
        var secret = Secrets.Of("env:TOKEN", new SecretSources(_ => held, null, folder))!;
        var refused = await Should.ThrowAsync<TicketSystemRefusedException>(() => secret.ReadAsync(default).AsTask());
        refused.Message.ShouldContain("TOKEN");
        refused.Message.ShouldNotContain("schlüssel");
    }

    private ISecret? Of(string reference) => Secrets.Of(reference, new SecretSources(name => $"of {name}", (name, _) => ValueTask.FromResult($"stored {name}"), folder));
}
