using System.Net;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.Serialization.SystemTextJson;
using static Amazon.Lambda.Annotations.APIGateway.HttpResultSerializationOptions;

namespace Aiops.Aws.Tests.StandIns; // Not named after its folder: in there, Amazon would hide the SDK's own namespace.

/// <summary>How an HTTP function's answer is written for API Gateway.</summary>
public class HttpResultsTests
{
    [Fact]
    public void Text_is_text_bytes_are_base_64_and_anything_else_is_json()
    {
        Written(HttpResults.Ok("hello")).ShouldBe("""{"statusCode":200,"headers":{"content-type":"text/plain"},"body":"hello","isBase64Encoded":false}""");
        Written(HttpResults.Ok(new byte[] { 1, 2, 3 })).ShouldContain("\"body\":\"AQID\",\"isBase64Encoded\":true");
        Written(HttpResults.Ok(new MemoryStream([1, 2, 3]))).ShouldContain("\"content-type\":\"application/octet-stream\"");
        using var json = JsonDocument.Parse(Written(HttpResults.Ok(new { Id = 1 })));
        json.RootElement.GetProperty("body").GetString().ShouldBe("""{"Id":1}""");
        json.RootElement.GetProperty("headers").GetProperty("content-type").GetString().ShouldBe("application/json");
    }

    [Fact]
    public void Values_of_one_header_are_joined_in_version_2_and_listed_in_version_1()
    {
        var result = HttpResults.NotFound().AddHeader("X-One", "a").AddHeader("x-one", "b");
        Written(result).ShouldBe("""{"statusCode":404,"headers":{"x-one":"a,b"},"body":null,"isBase64Encoded":false}""");
        Written(result, ProtocolVersion.V1).ShouldContain("\"multiValueHeaders\":{\"x-one\":[\"a\",\"b\"]}");
    }

    [Theory]
    [InlineData(false, false, 302)]
    [InlineData(true, false, 301)]
    [InlineData(false, true, 307)]
    [InlineData(true, true, 308)]
    public void A_redirect_says_whether_it_lasts_and_whether_the_method_does(bool permanent, bool preserve, int status)
    {
        var result = HttpResults.Redirect("/there", permanent, preserve);
        ((int)result.StatusCode).ShouldBe(status);
        Written(result).ShouldContain("\"location\":\"/there\"");
    }

    [Fact]
    public void A_content_type_that_was_given_stays() =>
        Written(HttpResults.NewResult(HttpStatusCode.OK, "<p>").AddHeader("Content-Type", "text/html")).ShouldContain("\"content-type\":\"text/html\"");

    [Fact]
    public void An_unavailable_service_says_when_to_come_back_where_it_knows()
    {
        Written(HttpResults.ServiceUnavailable(30)).ShouldContain("\"retry-after\":\"30\"");
        Written(HttpResults.ServiceUnavailable(0)).ShouldContain("\"headers\":null");
    }

    private static string Written(IHttpResult result, ProtocolVersion version = ProtocolVersion.V2)
    {
        using var stream = (MemoryStream)result.Serialize(new HttpResultSerializationOptions
        {
            Format = ProtocolFormat.HttpApi,
            Version = version,
            Serializer = new DefaultLambdaJsonSerializer(),
        });
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
