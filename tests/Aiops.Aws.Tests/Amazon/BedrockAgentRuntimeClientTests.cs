using System.Net;
using Amazon.BedrockAgentRuntime;
using Amazon.BedrockAgentRuntime.Model;
using Amazon.Runtime;
using Amazon.Runtime.Documents;

namespace Aiops.Aws.Tests.StandIns; // Not named after its folder: in there, Amazon would hide the SDK's own namespace.

/// <summary>Retrieve at the wire: JSON over REST, signed for bedrock, metadata as documents.</summary>
public class BedrockAgentRuntimeClientTests : IAsyncLifetime
{
    private AwsPeer peer = null!;
    private AmazonBedrockAgentRuntimeClient client = null!;

    public async Task InitializeAsync()
    {
        peer = await AwsPeer.StartAsync();
        client = new AmazonBedrockAgentRuntimeClient(
            new BasicAWSCredentials("AKIDEXAMPLE", "secret"),
            new AmazonBedrockAgentRuntimeConfig { ServiceURL = peer.Url, AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0 });
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await peer.DisposeAsync();
    }

    [Fact]
    public async Task A_query_is_filtered_by_metadata()
    {
        peer.Answers("""{"retrievalResults":[]}""");
        var response = await client.RetrieveAsync(new RetrieveRequest
        {
            KnowledgeBaseId = "KB12345678",
            RetrievalQuery = new KnowledgeBaseQuery { Text = "latency of checkout" },
            RetrievalConfiguration = new KnowledgeBaseRetrievalConfiguration
            {
                VectorSearchConfiguration = new KnowledgeBaseVectorSearchConfiguration
                {
                    NumberOfResults = 20,
                    OverrideSearchType = SearchType.SEMANTIC,
                    Filter = new RetrievalFilter
                    {
                        AndAll =
                        [
                            new RetrievalFilter { Equals = new FilterAttribute { Key = "scope", Value = "123456789012" } },
                            new RetrievalFilter { GreaterThan = new FilterAttribute { Key = "version", Value = 3 } },
                            new RetrievalFilter { In = new FilterAttribute { Key = "kind", Value = new Document("latency", "errors") } },
                        ],
                    },
                },
            },
        });
        response.RetrievalResults.ShouldBeEmpty();
        var asked = peer.Requests.ShouldHaveSingleItem();
        (asked.Method, asked.Path).ShouldBe(("POST", "/knowledgebases/KB12345678/retrieve"));
        asked.Headers["Content-Type"].ShouldBe("application/json");
        asked.Headers["Authorization"].ShouldMatch("/eu-west-1/bedrock/aws4_request, SignedHeaders=");
        asked.Body.ShouldBe(
            """{"retrievalConfiguration":{"vectorSearchConfiguration":{"filter":{"andAll":[{"equals":{"key":"scope","value":"123456789012"}},"""
            + """{"greaterThan":{"key":"version","value":3}},{"in":{"key":"kind","value":["latency","errors"]}}]},"numberOfResults":20,"""
            + "\"overrideSearchType\":\"SEMANTIC\"}},\"retrievalQuery\":{\"text\":\"latency of checkout\"}}");
    }

    [Fact]
    public async Task Results_carry_text_place_score_and_metadata_of_every_kind()
    {
        peer.Answers("""
            {"retrievalResults":[{"content":{"type":"TEXT","text":"a case"},"location":{"type":"S3","s3Location":{"uri":"s3://b/cases/c-1.md"}},"score":0.87,
              "metadata":{"caseId":"c-1","version":3,"revoked":false,"weight":1.5,"size":5000000000,"kinds":["a","b"],"more":{"x":1},"none":null}}],
             "nextToken":"n","guardrailAction":"NONE"}
            """);
        var response = await client.RetrieveAsync(Query());
        (response.NextToken, response.GuardrailAction).ShouldBe(("n", GuadrailAction.NONE));
        var result = response.RetrievalResults.ShouldHaveSingleItem();
        (result.Content.Text, result.Content.Type).ShouldBe(("a case", RetrievalResultContentType.TEXT));
        (result.Location.Type, result.Location.S3Location.Uri).ShouldBe((RetrievalResultLocationType.S3, "s3://b/cases/c-1.md"));
        result.Score.ShouldBe(0.87);
        result.Metadata["caseId"].AsString().ShouldBe("c-1");
        result.Metadata["version"].AsInt().ShouldBe(3);
        result.Metadata["revoked"].AsBool().ShouldBeFalse();
        result.Metadata["weight"].AsDouble().ShouldBe(1.5);
        result.Metadata["size"].AsLong().ShouldBe(5_000_000_000);
        result.Metadata["kinds"].AsList().Select(kind => kind.AsString()).ShouldBe(["a", "b"]);
        result.Metadata["more"].AsDictionary()["x"].AsInt().ShouldBe(1);
        result.Metadata["none"].IsNull().ShouldBeTrue();
    }

    [Fact]
    public async Task What_a_response_lacks_is_null_collections_included()
    {
        peer.Answers("{}").Answers("""{"retrievalResults":[{"content":{}}]}""");
        (await client.RetrieveAsync(Query())).RetrievalResults.ShouldBeNull();
        var result = (await client.RetrieveAsync(Query())).RetrievalResults.Single();
        result.Metadata.ShouldBeNull();
        result.Score.ShouldBeNull();
        result.Location.ShouldBeNull();
    }

    [Theory]
    [InlineData("ResourceNotFoundException", 404, typeof(ResourceNotFoundException))]
    [InlineData("ThrottlingException", 429, typeof(ThrottlingException))]
    [InlineData("AccessDeniedException", 403, typeof(AccessDeniedException))]
    [InlineData("ValidationException", 400, typeof(ValidationException))]
    [InlineData("ServiceQuotaExceededException", 400, typeof(ServiceQuotaExceededException))]
    [InlineData("ConflictException", 409, typeof(ConflictException))]
    [InlineData("DependencyFailedException", 424, typeof(DependencyFailedException))]
    [InlineData("BadGatewayException", 502, typeof(BadGatewayException))]
    [InlineData("InternalServerException", 500, typeof(InternalServerException))]
    public async Task An_error_is_named_by_its_header(string code, int status, Type type)
    {
        peer.Answers("""{"message":"No."}""", status, $"{code}:http://internal.amazon.com/coral/");
        var failure = await Should.ThrowAsync<AmazonBedrockAgentRuntimeException>(client.RetrieveAsync(Query()));
        failure.GetType().ShouldBe(type);
        failure.Message.ShouldBe("No.");
        failure.StatusCode.ShouldBe((HttpStatusCode)status);
    }

    [Fact]
    public async Task A_query_of_no_knowledge_base_is_not_sent()
    {
        var failure = await Should.ThrowAsync<AmazonBedrockAgentRuntimeException>(client.RetrieveAsync(new RetrieveRequest()));
        failure.Message.ShouldContain("KnowledgeBaseId");
        peer.Requests.ShouldBeEmpty();
    }

    private static RetrieveRequest Query() => new() { KnowledgeBaseId = "KB12345678", RetrievalQuery = new KnowledgeBaseQuery { Text = "x" } };
}
