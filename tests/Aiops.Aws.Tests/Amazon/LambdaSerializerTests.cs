using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.Lambda.SQSEvents;

namespace Aiops.Aws.Tests.StandIns; // Not named after its folder: in there, Amazon would hide the SDK's own namespace.

/// <summary>The serializer's own rules, which are not System.Text.Json's defaults.</summary>
public partial class LambdaSerializerTests
{
    private static readonly SourceGeneratorLambdaJsonSerializer<Json> Serializer = new();


    [Fact]
    public void Names_stay_as_they_are_even_where_the_context_would_lower_them_and_nulls_are_left_out() =>
        Written(Serializer, new Order("A-1", null, default)).ShouldBe("""{"Id":"A-1","Placed":"0001-01-01T00:00:00"}""");

    [Fact]
    public void A_customizer_changes_the_names() =>
        Written(new SourceGeneratorLambdaJsonSerializer<Json>((JsonSerializerOptions options) => options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase), new Order("A-1", "é<>", default))
            .ShouldBe("""{"id":"A-1","note":"é<>","placed":"0001-01-01T00:00:00"}""");

    [Fact]
    public void Names_are_read_in_any_case() => Read<Order>("""{"ID":"A-1","note":"x"}""").ShouldBe(new Order("A-1", "x", default));

    [Theory]
    [InlineData("1773484200", "2026-03-14T10:30:00Z")]
    [InlineData("1773484200000", "2026-03-14T10:30:00Z")]
    [InlineData("\"2026-03-14T10:30:00Z\"", "2026-03-14T10:30:00Z")]
    public void Dates_are_read_as_text_seconds_or_milliseconds(string json, string date) =>
        Read<Order>($$"""{"id":"A-1","placed":{{json}}}""").Placed.ToUniversalTime()
            .ShouldBe(DateTime.Parse(date, null, System.Globalization.DateTimeStyles.AdjustToUniversal));

    [Fact]
    public void Bytes_are_written_as_numbers_and_read_from_numbers_or_base_64()
    {
        Written(Serializer, new byte[] { 1, 2, 255 }).ShouldBe("[1,2,255]");
        Read<byte[]>("[1,2,255]").ShouldBe([1, 2, 255]);
        Read<byte[]>("\"AQL/\"").ShouldBe([1, 2, 255]);
    }

    [Fact]
    public void A_type_that_the_context_does_not_know_is_named()
    {
        var failure = Should.Throw<JsonSerializerException>(() => Read<Uri>("\"x\""));
        failure.Message.ShouldContain("No JsonTypeInfo registered in");
        failure.Message.ShouldContain("System.Uri");
    }

    [Fact]
    public void A_batch_from_a_queue_is_read_whole()
    {
        var json = File.ReadAllText(Path.Combine(Runtime.Command.Root, "events", "sqs", "batch.json"));
        using var document = JsonDocument.Parse(json);
        var batch = Read<SQSEvent>(json);
        var records = document.RootElement.GetProperty("Records").EnumerateArray().ToList();
        batch.Records.Count.ShouldBe(records.Count);
        foreach (var (message, record) in batch.Records.Zip(records))
        {
            message.MessageId.ShouldBe(record.GetProperty("messageId").GetString());
            message.Body.ShouldBe(record.GetProperty("body").GetString());
            message.EventSourceArn.ShouldBe(record.GetProperty("eventSourceARN").GetString());
            var attributes = record.GetProperty("attributes").EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString());
            message.Attributes.ShouldBe(attributes!, ignoreOrder: true);
        }
    }

    [Fact]
    public void A_request_of_an_http_api_tells_who_signed_it()
    {
        var request = Read<APIGatewayHttpApiV2ProxyRequest>("""
            {"version":"2.0","routeKey":"POST /x","cookies":["a=b"],"headers":{"h":"1,2"},"isBase64Encoded":true,"body":"eA==",
             "requestContext":{"accountId":"123456789012","timeEpoch":1583348638390,"http":{"method":"POST","sourceIp":"192.0.2.1"},
             "authorizer":{"iam":{"userArn":"arn:aws:iam::123456789012:role/reader","callerId":"AROA"}}}}
            """);
        request.RequestContext.Authorizer.IAM.UserARN.ShouldBe("arn:aws:iam::123456789012:role/reader");
        request.RequestContext.TimeEpoch.ShouldBe(1583348638390);
        request.Cookies.ShouldBe(["a=b"]);
        request.IsBase64Encoded.ShouldBeTrue();
    }

    [Fact]
    public void Failures_of_a_batch_have_their_names_on_the_wire_whatever_the_policy() =>
        Written(Serializer, new SQSBatchResponse([new() { ItemIdentifier = "a" }])).ShouldBe("""{"batchItemFailures":[{"itemIdentifier":"a"}]}""");

    private static string Written<T>(ILambdaSerializer serializer, T value)
    {
        using var stream = new MemoryStream();
        serializer.Serialize(value, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static T Read<T>(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return Serializer.Deserialize<T>(stream);
    }

    internal sealed record Order(string Id, string? Note, DateTime Placed);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Order))]
    [JsonSerializable(typeof(byte[]))]
    [JsonSerializable(typeof(SQSEvent))]
    [JsonSerializable(typeof(SQSBatchResponse))]
    [JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
    internal sealed partial class Json : JsonSerializerContext;
}
