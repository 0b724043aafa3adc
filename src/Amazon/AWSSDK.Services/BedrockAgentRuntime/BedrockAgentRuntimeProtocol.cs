using System.Text.Json;
using Amazon.BedrockAgentRuntime.Model;
using Amazon.Internal;
using Amazon.Runtime.Internal;
using Amazon.Util;

namespace Amazon.BedrockAgentRuntime;

/// <summary>How Bedrock Agent Runtime is spoken to: JSON over REST.</summary>
internal static class BedrockAgentRuntimeProtocol
{
    public static readonly Operation<RetrieveRequest, RetrieveResponse> Retrieve = new(
        (request, http) =>
        {
            if (request.KnowledgeBaseId == null)
                throw new AmazonBedrockAgentRuntimeException("Request object does not have required field KnowledgeBaseId set");
            http.Headers["Content-Type"] = "application/json";
            http.Headers[HeaderKeys.XAmzApiVersion] = "2023-07-26";
            http.AddPathResource("{knowledgeBaseId}", request.KnowledgeBaseId);
            http.ResourcePath = "/knowledgebases/{knowledgeBaseId}/retrieve";
        },
        (request, json) =>
        {
            json.Member("nextToken", request.NextToken);
            json.Member("retrievalConfiguration", request.RetrievalConfiguration, (configuration, inner) =>
                inner.Member("vectorSearchConfiguration", configuration.VectorSearchConfiguration, WriteSearch));
            json.Member("retrievalQuery", request.RetrievalQuery, (query, inner) => inner.Member("text", query.Text));
        },
        json => new()
        {
            GuardrailAction = json.Text("guardrailAction"),
            NextToken = json.Text("nextToken"),
            RetrievalResults = json.Many("retrievalResults", Result),
        },
        Failure);

    private static void WriteSearch(KnowledgeBaseVectorSearchConfiguration search, Utf8JsonWriter json)
    {
        json.Member("filter", search.Filter, WriteFilter);
        json.Member("numberOfResults", search.NumberOfResults);
        json.Member("overrideSearchType", search.OverrideSearchType?.Value);
    }

    private static void WriteFilter(RetrievalFilter filter, Utf8JsonWriter json)
    {
        json.Members("andAll", filter.AndAll, WriteFilter);
        json.Member("equals", filter.Equals, WriteAttribute);
        json.Member("greaterThan", filter.GreaterThan, WriteAttribute);
        json.Member("greaterThanOrEquals", filter.GreaterThanOrEquals, WriteAttribute);
        json.Member("in", filter.In, WriteAttribute);
        json.Member("lessThan", filter.LessThan, WriteAttribute);
        json.Member("lessThanOrEquals", filter.LessThanOrEquals, WriteAttribute);
        json.Member("listContains", filter.ListContains, WriteAttribute);
        json.Member("notEquals", filter.NotEquals, WriteAttribute);
        json.Member("notIn", filter.NotIn, WriteAttribute);
        json.Members("orAll", filter.OrAll, WriteFilter);
        json.Member("startsWith", filter.StartsWith, WriteAttribute);
        json.Member("stringContains", filter.StringContains, WriteAttribute);
    }

    private static void WriteAttribute(FilterAttribute attribute, Utf8JsonWriter json)
    {
        json.Member("key", attribute.Key);
        if (attribute.Value.IsNull())
            return;
        json.WritePropertyName("value");
        json.Value(attribute.Value);
    }

    private static KnowledgeBaseRetrievalResult Result(JsonElement json) => new()
    {
        Content = json.Object("content", content => new RetrievalResultContent
        {
            ByteContent = content.Text("byteContent"),
            Text = content.Text("text"),
            Type = content.Text("type"),
        }),
        DocumentId = json.Text("documentId"),
        Location = json.Object("location", location => new RetrievalResultLocation
        {
            CustomDocumentLocation = location.Object(
                "customDocumentLocation", custom => new RetrievalResultCustomDocumentLocation { Id = custom.Text("id") }),
            S3Location = location.Object("s3Location", s3 => new RetrievalResultS3Location { Uri = s3.Text("uri") }),
            Type = location.Text("type"),
        }),
        Metadata = json.Object("metadata", map => map.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.Document()))
            ?? (AWSConfigs.InitializeCollections ? [] : null),
        Score = json.Number("score"),
    };

    private static AmazonBedrockAgentRuntimeException Failure(ErrorResponse e) => e.Code switch
    {
        "AccessDeniedException" => new AccessDeniedException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "BadGatewayException" => new BadGatewayException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ConflictException" => new ConflictException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "DependencyFailedException" => new DependencyFailedException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "InternalServerException" => new InternalServerException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ResourceNotFoundException" => new ResourceNotFoundException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ServiceQuotaExceededException" =>
            new ServiceQuotaExceededException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ThrottlingException" => new ThrottlingException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        "ValidationException" => new ValidationException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
        _ => new AmazonBedrockAgentRuntimeException(e.Message, e.InnerException, e.Type, e.Code, e.RequestId, e.StatusCode),
    };
}
