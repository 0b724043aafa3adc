using Aiops.Cdk.Tests.Synthesis;

namespace Aiops.Cdk.Tests;

[Collection(Synthesized.Name)]
public sealed class ApiTests(SynthesizedApp app)
{
    [Fact]
    public void The_HTTP_API_is_the_one_public_door()
    {
        string[] doors =
        [
            "AWS::ApiGateway::RestApi", "AWS::AppSync::GraphQLApi", "AWS::Lambda::Url",
                "AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ElasticLoadBalancing::LoadBalancer",
            "AWS::CloudFront::Distribution", "AWS::EC2::Instance", "AWS::ApiGatewayV2::DomainName", "AWS::Cognito::IdentityPool",
                "AWS::IoT::TopicRule", "AWS::Transfer::Server",
        ];
        foreach (var template in app.All)
        {
            template.Resources.Where(resource => doors.Contains(resource.Type)).ShouldBeEmpty(template.File);
            template.OfType("AWS::ApiGatewayV2::Api").Count.ShouldBe(app.Environments.Contains(template) ? 1 : 0);
        }
    }

    [Fact]
    public void No_policy_of_a_queue_topic_bucket_key_or_function_is_open_to_all()
    {
        foreach (var template in app.All)
        {
            var open = from resource in template.Resources
                       where resource.Type is "AWS::SQS::QueuePolicy" or "AWS::SNS::TopicPolicy" or "AWS::S3::BucketPolicy"
                           or "AWS::KMS::Key"
                       from statement in Statement.Of(resource)
                       where statement.Effect == "Allow" && statement.Principal == "*"
                       where statement.Json["Condition"]?["StringEquals"]?["aws:PrincipalOrgID"] is null
                       select $"{resource.Id} {string.Join(' ', statement.Actions)}";
            open.ShouldBeEmpty(template.File);
            template.OfType("AWS::Lambda::Permission").ShouldAllBe(permission
                => permission.Text("Principal").EndsWith(".amazonaws.com") && permission.Text("SourceArn") != "");
        }

        app.Full.OfType("AWS::SQS::QueuePolicy").SelectMany(Statement.Of)
            .ShouldContain(statement => statement.Effect == "Deny" && statement.Principal == "*"); // So "*" is how it is written.
    }

    [Theory]
    [InlineData("POST /events", "NONE", "NONE")] // The handler verifies the sender's signature.
    [InlineData("GET /incidents", "AWS_IAM", "JWT")]
    [InlineData("GET /incidents/{incidentId}", "AWS_IAM", "JWT")]
    [InlineData("POST /incidents/{incidentId}/review", "AWS_IAM", "JWT")]
    public void Each_route_has_an_authorizer_or_a_signature(string route, string withoutIssuer, string withIssuer)
    {
        app.Full.Named("AWS::ApiGatewayV2::Route", "RouteKey", route).Text("AuthorizationType").ShouldBe(withoutIssuer);
        app.Other.Named("AWS::ApiGatewayV2::Route", "RouteKey", route).Text("AuthorizationType").ShouldBe(withIssuer);
    }

    [Fact]
    public void There_are_no_other_routes()
        => app.Environments.ShouldAllBe(template => template.OfType("AWS::ApiGatewayV2::Route").Count == 4);

    [Fact]
    public void Tokens_are_of_the_configured_issuer_for_the_configured_audience()
    {
        var authorizer = app.Other.OfType("AWS::ApiGatewayV2::Authorizer").ShouldHaveSingleItem();

        authorizer.Text("JwtConfiguration", "Issuer").ShouldBe("https://id.example.com/tenant");
        authorizer.Text("JwtConfiguration", "Audience").ShouldBe("[\"aiops\"]");
    }

    [Fact]
    public void The_stage_is_throttled_and_logs_who_came_without_what_they_brought()
    {
        var stages = app.Environments.SelectMany(template => template.OfType("AWS::ApiGatewayV2::Stage")).ToList();
        stages.Count.ShouldBe(app.Environments.Count());
        foreach (var stage in stages)
        {
            stage.Text("DefaultRouteSettings", "ThrottlingRateLimit").ShouldBe("50");
            stage.Text("DefaultRouteSettings", "ThrottlingBurstLimit").ShouldBe("100");
            var format = stage.Text("AccessLogSettings", "Format");
            format.ShouldContain("$context.identity.sourceIp");
            format.ShouldNotContain("input");
            format.ShouldNotContain("header");
            format.ShouldNotContain("$context.path");
        }
    }

    [Fact]
    public void A_function_behind_the_API_is_invoked_by_its_route_alone()
    {
        var permissions = app.Full.OfType("AWS::Lambda::Permission")
            .Where(one => one.Text("Principal") == "apigateway.amazonaws.com").ToList();
        permissions.Count.ShouldBe(4);
        foreach (var permission in permissions)
        {
            permission.Text("SourceArn")
                .ShouldMatch(@":execute-api:eu-west-1:111122223333:\$\{[A-Za-z0-9]+\}/\*/\*/(events|incidents)");
            permission.Text("SourceAccount").ShouldBe("111122223333");
        }
    }

    [Fact]
    public void The_webhooks_secret_is_generated_and_read_by_one_function_only()
    {
        var secret = app.Full.OfType("AWS::SecretsManager::Secret").ShouldHaveSingleItem();
        secret.Property("SecretString").ShouldBeNull();
        secret.Text("GenerateSecretString", "PasswordLength").ShouldBe("48");

        app.Full.OfType("AWS::IAM::Policy")
            .Where(policy => Statement.Of(policy).Any(statement => statement.Actions.Contains("secretsmanager:GetSecretValue")
                && statement.Resources.Any(resource => resource.Contains(secret.Id, StringComparison.Ordinal))))
            .ShouldHaveSingleItem().Id.ShouldStartWith("ReviewApiReceiveEvent");
    }
}
