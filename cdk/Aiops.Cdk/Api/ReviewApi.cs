using Amazon.CDK.AWS.Apigatewayv2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.SecretsManager;
using Amazon.CDK.AwsApigatewayv2Authorizers;
using Amazon.CDK.AwsApigatewayv2Integrations;
using Aiops.Cdk.Foundation;
using Aiops.Cdk.Functions;
using Aiops.Cdk.Parameters;
using Constructs;
using HttpMethod = Amazon.CDK.AWS.Apigatewayv2.HttpMethod;
using Queues = Aiops.Cdk.Foundation.Queues;
using StageProps = Aiops.Cdk.Stages.StageProps;

namespace Aiops.Cdk.Api;

/// <summary>
/// The one public door. Events come in by a signature that the handler verifies; everything else is signed with IAM, or shows a
/// token where an issuer is configured. The stage is throttled, and its log holds no payload.
/// </summary>
internal sealed class ReviewApi : Construct
{
    // Who asked for which route, and what became of it: no query, no body, no header.
    private const string AccessLog =
        """{"requestId":"$context.requestId","time":"$context.requestTime","ip":"$context.identity.sourceIp",""" +
        """ "route":"$context.routeKey","status":"$context.status","latency":"$context.responseLatency",""" +
        """ "bytes":"$context.responseLength","error":"$context.error.message"}""";

    private readonly HttpApi api;
    private readonly IHttpRouteAuthorizer authorizer;

    public ReviewApi(Construct scope, StageProps props, AiopsParameters parameters, Secret webhookSecret)
        : base(scope, nameof(ReviewApi))
    {
        var names = props.Host.Names;
        authorizer = parameters is { JwtIssuer: { } issuer, JwtAudience: { } audience }
            ? new HttpJwtAuthorizer("Tokens", issuer, new HttpJwtAuthorizerProps { JwtAudience = [audience] })
            : new HttpIamAuthorizer();
        api = new HttpApi(this, "Resource", new HttpApiProps
        {
            ApiName = names.Of("api"),
            Description = "Events in, incidents out, reviews in",
            CreateDefaultStage = false,
        });
        var logs = new LogGroup(this, "Logs", new LogGroupProps
        {
            LogGroupName = $"/aws/vendedlogs/http-api/{names.Of("api")}",
            Retention = props.Host.LogRetention,
            EncryptionKey = props.Host.LogKey,
            RemovalPolicy = Amazon.CDK.RemovalPolicy.DESTROY,
        });
        Stage = new HttpStage(this, "Stage", new HttpStageProps
        {
            HttpApi = api,
            StageName = "$default",
            AutoDeploy = true,
            DetailedMetricsEnabled = true,
            Throttle = new ThrottleSettings
            {
                RateLimit = parameters.RequestsPerSecond,
                BurstLimit = 2 * parameters.RequestsPerSecond,
            },
        });
        ((CfnStage)Stage.Node.DefaultChild!).AccessLogSettings =
            new CfnStage.AccessLogSettingsProperty { DestinationArn = logs.LogGroupArn, Format = AccessLog };

        ReceiveEvent = AddRoute(props, Handler.ReceiveEvent, HttpMethod.POST, "/events", signedByTheSender: true);
        Queues.GrantSend(ReceiveEvent.Role, props.Queues.Urgent.Queue);
        Queues.GrantSend(ReceiveEvent.Role, props.Queues.Routine.Queue);
        props.Stores.GrantPut(ReceiveEvent.Role, props.Stores.Documents); // Where an event goes that outgrows a message.
        GrantSecret(ReceiveEvent.Role, webhookSecret, names);

        ListIncidents = AddRoute(props, Handler.ListIncidents, HttpMethod.GET, "/incidents");
        props.Stores.GrantRead(ListIncidents.Role, props.Stores.Incidents);

        ShowIncident = AddRoute(props, Handler.ShowIncident, HttpMethod.GET, "/incidents/{incidentId}");
        props.Stores.GrantRead(ShowIncident.Role, props.Stores.Incidents);
        props.Stores.GrantRead(ShowIncident.Role, props.Stores.Documents);

        ReviewIncident = AddRoute(props, Handler.ReviewIncident, HttpMethod.POST, "/incidents/{incidentId}/review");
        props.Stores.GrantReadWrite(ReviewIncident.Role, props.Stores.Incidents);
        props.Stores.GrantRead(ReviewIncident.Role, props.Stores.Documents);
        props.Workflows.GrantAnswer(ReviewIncident.Role);
        props.Workflows.GrantStartReview(ReviewIncident.Role);
    }

    public string Url => api.ApiEndpoint;
    public string ApiId => api.ApiId;
    public HttpStage Stage { get; }
    public AiopsFunction ReceiveEvent { get; }
    public AiopsFunction ListIncidents { get; }
    public AiopsFunction ShowIncident { get; }
    public AiopsFunction ReviewIncident { get; }

    private AiopsFunction AddRoute(
        StageProps props, Handler handler, HttpMethod method, string path, bool signedByTheSender = false)
    {
        var function = new AiopsFunction(new Construct(this, handler.Name), props.Host, handler);
        var routes = api.AddRoutes(new AddRoutesOptions
        {
            Path = path,
            Methods = [method],
            Integration = new HttpLambdaIntegration(handler.Name, function.Function),
            Authorizer = signedByTheSender ? new HttpNoneAuthorizer() : authorizer,
        });
        foreach (var permission in routes[0].Node.FindAll().OfType<Amazon.CDK.AWS.Lambda.CfnPermission>())
        {
            permission.SourceAccount = props.Host.Names.Account;
        }

        if (signedByTheSender)
        {
            PolicyExceptions.Excuse(routes[0], "AwsSolutions-APIG4",
                "monitoring systems sign their events; the handler verifies the signature before it reads");
        }

        return function;
    }

    private static void GrantSecret(Role to, Secret secret, Foundation.AiopsNames names)
    {
        Grant.AddToPrincipal(new GrantOnPrincipalOptions { Grantee = to, Actions = ["secretsmanager:GetSecretValue"],
            ResourceArns = [secret.SecretArn] });
        to.AddToPolicy(new PolicyStatement(new PolicyStatementProps
        {
            Actions = ["kms:Decrypt"],
            Resources = [secret.EncryptionKey!.KeyArn],
            Conditions = Condition.That("StringEquals", "kms:ViaService", names.Endpoint("secretsmanager")),
        }));
    }
}
