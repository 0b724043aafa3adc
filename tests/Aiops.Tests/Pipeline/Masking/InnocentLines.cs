namespace Aiops.Tests.Pipeline.Masking;

/// <summary>What telemetry is full of and nobody wants masked.</summary>
internal static class InnocentLines
{
    private static readonly string[] Lines =
    [
        "duplicate entry for primary key=orders_pkey",
        "partition key=customer#48213 throttled",
        "cache key: catalog:product:991823",
        "unexpected token: } in JSON at position 412",
        "max_tokens=4096 token_count: 1532",
        "FATAL: password authentication failed for user app",
        "password: required field missing",
        "key=value pairs expected",
        "tests: pass: 120 fail: 3",
        "token: expired",
        "auth: denied for role reader",
        "secret: arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf",
        "KMS_KEY=1234abcd-12ab-34cd-56ef-1234567890ab",
        "routing_key=orders.created.v2",
        "foreign key orders_customer_fk violated",
        "Basic authentication isn't configured",
        "image sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "commit 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12 deployed",
        "image shop/api:2.14.0@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "npm install @scope/package@1.2.3 lodash@4.17.21",
        "git@github.com:example/shop.git",
        "root@ip-10-0-3-7.eu-west-1.compute.internal",
        "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "X-Amzn-Trace-Id: Root=1-67891233-abcdef012345678912345678;Sampled=1",
        "GET https://api.example.com:8443/v1/orders?page=2&limit=50 200 12ms",
        "https://grafana.example.com/d/abc123/shop?from=1700000000000&to=1700003600000",
        "https://example.com/search?q=a@b",
        "arn:aws:iam::123456789012:role/service-role/checkout-api-role-1a2b3c4d",
        "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop-alb/50dc6c495c0c9188",
        "/aws/lambda/checkout-api-prod-eu-west-1-ProcessOrderFn",
        "2026/03/14/[$LATEST]1f2e3d4c5b6a79881726354453627180",
        "com.example.shop.orders.OrderRepositoryImpl$$EnhancerBySpringCGLIB$$1a2b3c4d.findById",
        "idempotency_key=7f1d2c3b-1111-4222-8333-abcdefabcdef",
        "x-request-id: 7f1d2c3b-1111-4222-8333-abcdefabcdef",
        "session closed: 3 of 5",
        "sort key: createdAt descending",
        "object key: exports/2026/03/14/orders.csv.gz",
        "S3 key=exports/2026/03/14/orders-part-00017.parquet",
        "nextToken=eu-west-1-page-2",
        "credentials: expired",
        "Cookie: missing",
        "Authorization: denied",
        "signature: SHA256withRSA",
        "CPUUtilization of shop-db rose from 31 % to 97 % at 10:17:00",
        "ETag: \"33a64df551425fcc55e4d42a148795d9f25f89d4\"",
        "user agent Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
        "a task-definition named sk-service was registered",
        "sg-0123456789abcdef0 vpc-0a1b2c3d4e5f60718 i-0123456789abcdef0",
        "10.0.3.7:5432 -> 10.0.4.9:8080 [::1]:443",
        "TypeError: Cannot read properties of undefined (reading 'token')",
        "-----BEGIN CERTIFICATE-----",
        "ssh-ed25519 host key changed for bastion",
        "level=info ts=2026-03-14T10:17:00Z caller=main.go:42 msg=\"key rotated\" key_id=42",
        "{\"Key\":\"Environment\",\"Value\":\"production\"}",
        "{\"name\":\"LOG_LEVEL\",\"value\":\"debug\"}",
        "adoptions@services-database.us-west-2.rds.amazonaws.com_Database::SQL",
        "connecting to orders@shop.cluster-abc123.eu-west-1.rds.amazonaws.com:5432",
        "[masked] stays [masked]",
    ];

    /// <summary>The lines by hand, and identifiers of every kind in places where a secret might stand.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Lines, .. Generated()];

    private static IEnumerable<string> Generated()
    {
        var random = new Random(7);
        for (var i = 0; i < 20; i++)
        {
            var trace = Hex(random, 32);
            yield return $"trace_id={trace} span_id={Hex(random, 16)} duration=12ms";
            yield return $"{{\"traceId\":\"{trace}\",\"account\":\"{random.NextInt64(100_000_000_000, 999_999_999_999)}\"}}";
            yield return $"arn:aws:sqs:eu-west-1:{random.NextInt64(100_000_000_000, 999_999_999_999)}:orders-{i}";
            yield return $"sha1 {Hex(random, 40)} sha256:{Hex(random, 64)} md5={Hex(random, 32)}";
        }
    }

    private static string Hex(Random random, int length) => new(random.GetItems<char>("0123456789abcdef", length));
}
