using System.Net;
using Aiops.Cli;
using Aiops.Cli.Serve;

namespace Aiops.Tests.Cli.Serve;

public sealed class EventServerOptionsTests
{
    [Fact]
    public void By_default_it_listens_on_this_machine_alone()
    {
        var options = new EventServerOptions();
        options.Validate();
        options.Listen.ToString().ShouldBe("127.0.0.1:8321");
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.2.1")]
    [InlineData("::")]
    public void Another_address_needs_a_token(string address)
    {
        var listen = new IPEndPoint(IPAddress.Parse(address), 8321);
        Mistake(new() { Listen = listen, AllowedTopics = [RunningServer.Topic] }).ShouldContain("token");
        new EventServerOptions { Listen = listen, Token = "correct-horse-battery" }.Validate();
    }

    [Theory]
    [InlineData("")]
    [InlineData("fifteen-letters")]
    [InlineData("has a space within")]
    [InlineData("has-an-ümlaut-within")]
    public void A_token_too_short_or_that_no_header_can_carry_is_refused(string token)
    {
        Mistake(new() { Token = token }).ShouldContain("16 characters");
        Mistake(new() { WebhookSecret = token }).ShouldContain("16 characters");
    }

    [Fact]
    public void A_token_of_16_characters_will_do() => new EventServerOptions { Token = "sixteen-letters!" }.Validate();

    [Theory]
    [InlineData("alarms")]
    [InlineData("arn:aws:sqs:eu-west-1:111122223333:alarms")]
    [InlineData("arn:aws:sns:eu-west-1:111122223333:*")]
    [InlineData("arn:aws:sns:eu-west-1:111122223333:alarms ")]
    public void A_topic_that_is_no_full_arn_is_refused(string topic) => Mistake(new() { AllowedTopics = [topic] }).ShouldContain("ARN");

    [Theory]
    [InlineData("arn:aws-cn:sns:cn-north-1:111122223333:alarms")]
    [InlineData("arn:aws-us-gov:sns:us-gov-west-1:111122223333:alarms-2_b")]
    public void Topics_of_all_partitions_are_fine(string topic) => new EventServerOptions { AllowedTopics = [topic] }.Validate();

    [Theory]
    [InlineData("127.0.0.1:9000", "127.0.0.1:9000")]
    [InlineData("127.0.0.1", "127.0.0.1:8321")]
    [InlineData("localhost", "127.0.0.1:8321")]
    [InlineData("localhost:0", "127.0.0.1:0")]
    [InlineData("[::1]:9000", "[::1]:9000")]
    [InlineData("[::1]", "[::1]:8321")]
    [InlineData("0.0.0.0:80", "0.0.0.0:80")]
    public void Addresses_are_read_as_people_write_them(string text, string listen)
        => EventServerOptions.ParseListen(text).ToString().ShouldBe(listen);

    [Theory]
    [InlineData("")]
    [InlineData("example.net:80")]
    [InlineData("127.0.0.1:99999")]
    [InlineData("127.0.0.1:port")]
    [InlineData("http://127.0.0.1:80")]
    [InlineData("8321")]
    [InlineData("localhostile:80")]
    public void What_is_no_address_is_refused_with_an_example(string text)
        => Should.Throw<UserErrorException>(() => EventServerOptions.ParseListen(text)).Remedy.ShouldContain("127.0.0.1:8321");

    private static string Mistake(EventServerOptions options) => Should.Throw<UserErrorException>(options.Validate).Message;
}
