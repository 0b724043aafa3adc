using System.Text;
using Aiops.Aws.Tests.Wire.Peer;

namespace Aiops.Aws.Tests.Wire;

/// <summary>The peer's own arithmetic against the values that AWS published in its Signature Version 4 test suite.</summary>
public sealed class SigV4Tests
{
    private const string Date = "20150830T123600Z";

    private const string Unreserved = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SigV4 Signer = new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "service");

    [Theory]
    [InlineData("get-vanilla", "GET", "",
        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("get-vanilla-query-order-key-case", "GET", "Param2=value2&Param1=value1",
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [InlineData("get-vanilla-query-unreserved", "GET", Unreserved + "=" + Unreserved,
        "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197")]
    [InlineData("get-vanilla-utf8-query", "GET", "%E1%88%B4=bar",
        "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04")]
    [InlineData("post-vanilla", "POST", "",
        "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData("post-vanilla-query", "POST", "Param1=value1",
        "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11")]
    public void Signs_as_the_published_test_suite_says(string vector, string method, string query, string signature)
        => Sign(method, query, [], "").ShouldBe(signature, vector);

    [Fact]
    public void A_form_is_signed_with_its_body_and_content_type() // post-x-www-form-urlencoded
        => Sign("POST", "", [new("content-type", "application/x-www-form-urlencoded")], "Param1=value1")
            .ShouldBe("ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");

    private static string Sign(string method, string query, List<KeyValuePair<string, string>> more, string body)
    {
        List<KeyValuePair<string, string>> headers = [new("host", "example.amazonaws.com"), new("x-amz-date", Date), .. more];
        var request = Signer.CanonicalRequest(method, "/", query, headers, Encoding.UTF8.GetBytes(body));
        return Signer.Signature(Date, Signer.StringToSign(Date, request));
    }
}
