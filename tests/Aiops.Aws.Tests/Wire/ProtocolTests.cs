using Aiops.Aws.Tests.Wire.Peer;
using Aiops.Aws.Wire;
using Aiops.Aws.Wire.ApplicationSignals;
using Aiops.Aws.Wire.BedrockAgent;
using Aiops.Aws.Wire.BedrockRuntime;
using Aiops.Aws.Wire.CloudFormation;
using Aiops.Aws.Wire.CloudWatch;
using Aiops.Aws.Wire.SecretsManager;
using Aiops.Aws.Wire.SystemsManager;
using Aiops.Aws.Wire.XRay;
using Aiops.Pipeline.GatherContext.Sources;

namespace Aiops.Aws.Tests.Wire;

public sealed class ProtocolTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Eight = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private AwsPeer peer = null!;
    private WireClient client = null!;

    public async Task InitializeAsync()
    {
        peer = await AwsPeer.StartAsync();
        client = peer.Client();
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await peer.DisposeAsync();
    }

    [Fact]
    public async Task Query_flattens_lists_and_structures_into_a_form()
    {
        peer.On("GetMetricData", Xml("GetMetricData", "<MetricDataResults/>"));
        await client.SendAsync(
            new GetMetricDataRequest
            {
                StartTime = Eight,
                EndTime = Eight.AddHours(1),
                MetricDataQueries =
                [
                    new()
                    {
                        Id = "m0",
                        MetricStat = new()
                        {
                            Metric = new()
                            {
                                Namespace = "AWS/Lambda",
                                MetricName = "Errors",
                                Dimensions = [new("FunctionName", "a&b c")],
                            },
                            Period = 60,
                            Stat = "Sum",
                        },
                        ReturnData = false,
                    },
                    new() { Id = "e0", Expression = "m0 * 2" },
                ],
            },
            default);
        var form = peer.Calls.ShouldHaveSingleItem().Form;
        form["Action"].ShouldBe("GetMetricData");
        form["Version"].ShouldBe("2010-08-01");
        form["StartTime"].ShouldBe("2026-03-02T08:00:00.000Z");
        form["MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Value"].ShouldBe("a&b c");
        form["MetricDataQueries.member.1.MetricStat.Period"].ShouldBe("60");
        form["MetricDataQueries.member.1.ReturnData"].ShouldBe("false");
        form["MetricDataQueries.member.2.Expression"].ShouldBe("m0 * 2");
    }

    [Fact]
    public async Task Xml_is_read_by_the_shape_of_the_answer()
    {
        peer.On("GetMetricData", Xml("GetMetricData", """
            <MetricDataResults>
              <member>
                <Timestamps><member>2026-03-02T08:00:00Z</member><member>2026-03-02T08:01:00Z</member></Timestamps>
                <Values><member>1.5</member><member>2.0E-4</member></Values>
                <Label>123</Label><Id>m0</Id><StatusCode>Complete</StatusCode><Unheard><Of/></Unheard>
                <Messages/>
              </member>
            </MetricDataResults>
            <NextToken>more</NextToken>
            """));
        var answer = await client.SendAsync(
            new GetMetricDataRequest { StartTime = Eight, EndTime = Eight, MetricDataQueries = [] }, default);
        var result = answer.MetricDataResults.ShouldHaveSingleItem();
        result.Timestamps.ShouldBe([Eight, Eight.AddMinutes(1)]);
        result.Values.ShouldBe([1.5, 0.0002]);
        result.Label.ShouldBe("123");
        result.Messages.ShouldBeEmpty();
        answer.NextToken.ShouldBe("more");
    }

    [Fact]
    public async Task A_map_in_xml_is_a_map()
    {
        peer.On("DescribeAlarmContributors", Xml("DescribeAlarmContributors", """
            <AlarmContributors><member>
              <ContributorId>0123456789abcdef</ContributorId>
              <ContributorAttributes><entry><key>FunctionName</key><value>payments</value></entry></ContributorAttributes>
            </member></AlarmContributors>
            """));
        var answer = await client.SendAsync(new DescribeAlarmContributorsRequest { AlarmName = "all" }, default);
        answer.AlarmContributors.ShouldHaveSingleItem().ContributorAttributes!["FunctionName"].ShouldBe("payments");
    }

    [Fact]
    public async Task Xml_that_ends_early_is_asked_for_again()
    {
        var whole = Xml("DescribeStacks", "<Stacks/>").Body;
        peer.OnEach("DescribeStacks", whole[..^20], whole);
        (await client.SendAsync(new DescribeStacksRequest(), default)).Stacks.ShouldBeEmpty();
        peer.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_error_in_xml_has_its_code_and_message()
    {
        peer.On("DescribeStacks", PeerAnswer.XmlError("ValidationError", "Stack with id nope does not exist"));
        var error = await Should.ThrowAsync<WireException>(
            () => client.SendAsync(new DescribeStacksRequest { StackName = "nope" }, default));
        (error.Code, error.Failure).ShouldBe(("ValidationError", WireFailure.Invalid));
        error.Message.ShouldBe("CloudFormation DescribeStacks: ValidationError: Stack with id nope does not exist");
    }

    [Fact]
    public async Task A_document_type_in_an_answer_is_refused()
    {
        peer.On("DescribeStacks", "<!DOCTYPE x [<!ENTITY e 'boom'>]><DescribeStacksResponse>&e;</DescribeStacksResponse>");
        var error = await Should.ThrowAsync<WireException>(() => client.SendAsync(new DescribeStacksRequest(), default));
        error.Failure.ShouldBe(WireFailure.Unavailable);
    }

    [Fact]
    public async Task A_member_in_the_path_is_encoded_there_signed_and_absent_from_the_body()
    {
        const string profile = "arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.model-v1:0";
        var path = "/model/arn%3Aaws%3Abedrock%3Aeu-central-1%3A123456789012%3Ainference-profile%2Feu.model-v1%3A0/converse";
        peer.On($"POST {path}", """
            {"output":{"message":{"role":"assistant","content":[{"text":"Hello"}]}},"stopReason":"end_turn",
             "usage":{"inputTokens":1,"outputTokens":2,"totalTokens":3},"metrics":{"latencyMs":4}}
            """);
        var answer = await client.SendAsync(
            new ConverseRequest { ModelId = profile, Messages = [new() { Role = "user", Content = [new() { Text = "Hi" }] }] },
            default);
        answer.Output.Message!.Content.ShouldHaveSingleItem().Text.ShouldBe("Hello");
        answer.Usage!.TotalTokens.ShouldBe(3);
        var call = peer.Calls.ShouldHaveSingleItem();
        call.Text.ShouldBe("""{"messages":[{"role":"user","content":[{"text":"Hi"}]}]}""");
        call.Headers["authorization"].ShouldContain("/eu-central-1/bedrock/aws4_request");
    }

    [Fact]
    public async Task Times_are_iso_in_a_query_string_and_seconds_in_a_body()
    {
        peer.On("GET /services", """{"StartTime":1772438400,"EndTime":1772442000,"ServiceSummaries":[]}""")
            .On("POST /service-dependencies", """{"StartTime":1772438400,"EndTime":1772442000,"ServiceDependencies":[]}""")
            .On("POST /ServiceGraph", """{"StartTime":1772438400.5,"Services":[{"ReferenceId":0,"Name":"api"}]}""");
        await client.SendAsync(
            new ListServicesRequest { StartTime = Eight, EndTime = Eight.AddHours(1), MaxResults = 100 }, default);
        await client.SendAsync(
            new ListServiceDependenciesRequest
            {
                StartTime = Eight,
                EndTime = Eight.AddHours(1),
                KeyAttributes = new Dictionary<string, string> { ["Type"] = "Service", ["Name"] = "api" },
            },
            default);
        await client.SendAsync(new GetServiceGraphRequest { StartTime = Eight, EndTime = Eight.AddMilliseconds(1500) }, default);
        peer.Calls[0].Query.ShouldBe("EndTime=2026-03-02T09%3A00%3A00Z&MaxResults=100&StartTime=2026-03-02T08%3A00%3A00Z");
        peer.Calls[0].Body.ShouldBeEmpty();
        peer.Calls[1].Text.ShouldBe("""{"KeyAttributes":{"Type":"Service","Name":"api"}}""");
        peer.Calls[2].Text.ShouldBe("""{"StartTime":1772438400,"EndTime":1772438401.5}""");
    }

    [Fact]
    public async Task A_put_with_a_body_and_two_members_in_its_path_is_answered_with_iso_times()
    {
        peer.On("PUT /knowledgebases/KB12345678/datasources/DS12345678/ingestionjobs/", """
            {"ingestionJob":{"knowledgeBaseId":"KB12345678","dataSourceId":"DS12345678","ingestionJobId":"JOB1234567",
             "status":"STARTING","startedAt":"2026-03-02T08:00:00.123Z","updatedAt":"2026-03-02T08:00:00.123Z"}}
            """);
        var answer = await client.SendAsync(
            new StartIngestionJobRequest
            {
                KnowledgeBaseId = "KB12345678",
                DataSourceId = "DS12345678",
                ClientToken = new string('t', 33),
            },
            default);
        answer.IngestionJob.Status.ShouldBe("STARTING");
        answer.IngestionJob.StartedAt.ShouldBe(Eight.AddMilliseconds(123));
    }

    [Fact]
    public async Task An_error_type_in_a_header_wins_over_the_body()
    {
        peer.On("POST /ServiceGraph", new PeerAnswer(429, """{"Message":"Rate exceeded"}""")
        {
            Headers = new() { ["x-amzn-ErrorType"] = "ThrottledException:http://internal.amazon.com/coral/" },
        });
        var error = await Should.ThrowAsync<WireException>(
            () => client.SendAsync(new GetServiceGraphRequest { StartTime = Eight, EndTime = Eight }, default));
        (error.Code, error.Message).ShouldBe(("ThrottledException", "XRay GetServiceGraph: ThrottledException: Rate exceeded"));
    }

    [Fact]
    public async Task Secrets_and_parameters_come_as_they_lie()
    {
        peer.On("GetSecretValue", """{"ARN":"arn:x","SecretString":"{\"a\":1}","CreatedDate":1.772438400123E9}""")
            .On("GetParameters", """
                {"Parameters":[{"Name":"/aiops/mute","Value":"off","Version":3}],"InvalidParameters":["/nope"]}
                """);
        var secret = await client.SendAsync(new GetSecretValueRequest { SecretId = "hook" }, default);
        (secret.SecretString, secret.CreatedDate).ShouldBe(("""{"a":1}""", Eight.AddMilliseconds(123)));
        var parameters = await client.SendAsync(new GetParametersRequest { Names = ["/aiops/mute", "/nope"] }, default);
        parameters.Parameters.ShouldHaveSingleItem().Value.ShouldBe("off");
        parameters.InvalidParameters.ShouldBe(["/nope"]);
        peer.Calls[0].Headers["x-amz-target"].ShouldBe("secretsmanager.GetSecretValue");
        peer.Calls[1].Headers["x-amz-target"].ShouldBe("AmazonSSM.GetParameters");
    }

    [Theory]
    [InlineData("AccessDeniedException", 403, typeof(SourceDeniedException))]
    [InlineData("ResourceNotFoundException", 404, typeof(SourceMissingException))]
    [InlineData("ThrottlingException", 429, typeof(SourceUnavailableException))]
    [InlineData("InternalServerError", 500, typeof(SourceUnavailableException))]
    [InlineData("ValidationException", 400, typeof(WireException))]
    public async Task A_source_fails_by_the_names_that_the_workflow_knows(string code, int status, Type expected)
    {
        peer.On("GetParameters", PeerAnswer.Error(code, "no", status));
        var error = await Should.ThrowAsync<Exception>(
            () => client.AskAsync(new GetParametersRequest { Names = ["a"] }, default));
        error.ShouldBeOfType(expected);
    }

    private static PeerAnswer Xml(string operation, string result) => $"""
        <{operation}Response xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/">
          <{operation}Result>{result}</{operation}Result>
          <ResponseMetadata><RequestId>5c1a2e3f-0000-4000-8000-000000000002</RequestId></ResponseMetadata>
        </{operation}Response>
        """;
}
