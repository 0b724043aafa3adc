using Aiops.Pipeline.Masking;

namespace Aiops.Tests.Pipeline.Masking;

public sealed class PseudonymsTests
{
    private static readonly string[] Names = ["Margarethe Unwin", "김민서", "Nordlicht"];

    [Theory]
    [InlineData("denied for account 123456789012.", "denied for account [account-1].")]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop", "[account-1].dkr.ecr.eu-west-1.amazonaws.com/shop")]
    [InlineData("account 1234-5678-9012", "account [account-1]")]
    [InlineData("no route to fe80::1 or fd00::254", "no route to [ip-1] or [ip-2]")]
    [InlineData("from ip-10-0-1-23.ec2.internal and 10.0.1.23", "from [ip-1].ec2.internal and [ip-2]")]
    [InlineData("김민서가 배포했습니다", "[name-1]가 배포했습니다")]
    [InlineData("Margarethe  Unwin and MARGARETHE UNWIN", "[name-1] and [name-2]")]
    [InlineData("request_id=0123456789abcdef0123456789abcdef", "request_id=[token-1]")]
    [InlineData("GET /orders/0b1c2d3e-4f50-4a6b-8c7d-123456789012", "GET /orders/[token-1]")]
    public void What_identifies_is_hidden_in_the_forms_in_which_it_comes(string text, string hidden) => new Pseudonyms(Names).Hide(text).ShouldBe(hidden);

    [Theory]
    [InlineData("payments 5.12.0 deployed at 14:17:05, 40 s before")]
    [InlineData("p99 of http.server.request.duration rose from 208 ms to 250 ms")]
    [InlineData("AWS::Lambda::Function checkout-service-v2-production")]
    [InlineData("1711288800000 is a stamp and 1234567890123 too")]
    [InlineData("Nordlichter are seen in the north")]
    public void What_identifies_nobody_is_left(string text) => new Pseudonyms(Names).Hide(text).ShouldBe(text);

    [Fact]
    public void What_is_hidden_can_be_put_back_and_a_word_that_was_never_given_stays()
    {
        Pseudonyms names = new(Names);
        const string text = "10.1.2.3 and 10.1.2.4 asked 123456789012 for 10.1.2.3";

        names.Restore(names.Hide(text)).ShouldBe(text);
        names.Restore("[ip-9] and [name-1]").ShouldBe("[ip-9] and [name-1]");
    }
}
