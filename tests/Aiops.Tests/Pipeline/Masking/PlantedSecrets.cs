namespace Aiops.Tests.Pipeline.Masking;

/// <summary>Secrets made by a seeded generator, each planted in a line as programs write them.</summary>
internal static class PlantedSecrets
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private const string Letters = Lower + Upper;
    private const string AlphaNumeric = Letters + Digits;
    private const string UrlSafe = AlphaNumeric + "_-";
    private const string Hex = Digits + "abcdef";

    // Those that their form alone gives away, in any line.
    private static readonly (string Family, Func<Random, string> Make)[] Shaped =
    [
        ("AWS access key id", r => "AKIA" + Some(r, Upper + "234567", 16)),
        ("AWS temporary key id", r => "ASIA" + Some(r, Upper + "234567", 16)),
        ("AWS secret key", r => Mixed(r, AlphaNumeric + "+/", 40)),
        ("AWS session token", r => "IQoJb3JpZ2luX2Vj".Replace('_', '/') + Some(r, AlphaNumeric + "/+", 200)),
        ("GitHub token", r => "ghp_" + Some(r, AlphaNumeric, 36)),
        ("GitHub fine-grained token", r => "github_pat_" + Some(r, AlphaNumeric, 22) + "_" + Some(r, AlphaNumeric, 59)),
        ("GitLab token", r => "glpat-" + Some(r, UrlSafe, 20)),
        ("Slack bot token", r => "xoxb-" + Some(r, Digits, 12) + "-" + Some(r, Digits, 12) + "-" + Some(r, AlphaNumeric, 24)),
        ("Slack webhook", r => "https://hooks.slack.com/services/T" + Some(r, Upper, 8) + "/B" + Some(r, Upper, 8) + "/" + Some(r, AlphaNumeric, 24)),
        ("Stripe key", r => "sk_live_" + Some(r, AlphaNumeric, 24)),
        ("Google API key", r => "AIza" + Some(r, UrlSafe, 34) + "a"),
        ("Google OAuth token", r => "ya29." + Some(r, UrlSafe, 60) + "a"),
        ("SendGrid key", r => "SG." + Some(r, UrlSafe, 22) + "." + Some(r, UrlSafe, 42) + "a"),
        ("Twilio key", r => "SK" + Some(r, Hex, 32)),
        ("npm token", r => "npm_" + Some(r, AlphaNumeric, 36)),
        ("PyPI token", r => "pypi-AgEIcHlwaS5vcmc" + Some(r, UrlSafe, 60) + "a"),
        ("OpenAI key", r => "sk-proj-" + Some(r, AlphaNumeric, 48)),
        ("Anthropic key", r => "sk-ant-api03-" + Some(r, AlphaNumeric, 60)),
        ("Hugging Face token", r => "hf_" + Some(r, Letters, 34)),
        ("DigitalOcean token", r => "dop_v1_" + Some(r, Hex, 64)),
        ("Shopify token", r => "shpat_" + Some(r, Hex, 32)),
        ("Vault token", r => "hvs." + Some(r, AlphaNumeric, 90)),
        ("Databricks token", r => "dapi" + Some(r, Hex, 32)),
        ("JSON Web Token", r => "eyJhbGciOiJIUzI1NiJ9.eyJ" + Some(r, UrlSafe, 60) + "." + Some(r, UrlSafe, 42) + "a"),
        ("Telegram bot token", r => "4" + Some(r, Digits, 8) + ":AA" + Some(r, UrlSafe, 32) + "a"),
        ("New Relic key", r => "NRAK-" + Some(r, Upper + Digits, 27)),
        ("Grafana token", r => "glsa_" + Some(r, AlphaNumeric, 32) + "_" + Some(r, Hex, 8)),
        ("e-mail address", r => Some(r, Lower, 6) + "." + Some(r, Lower, 8) + "@" + Some(r, Lower, 7) + ".com"),
    ];

    private static readonly string[] ShapedLines =
    [
        "2026-03-14T10:17:03Z ERROR payments request failed: {0} was refused",
        "{{\"level\":\"warn\",\"msg\":\"login\",\"detail\":\"{0}\",\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"}}",
        "retrying with '{0}', attempt 3 of 5",
        "export X={0}; ./deploy.sh eu-west-1",
        "tags: env=prod,owner=checkout,note={0}",
    ];

    // Those that only their place or name gives away.
    private static readonly (string Family, string Line, Func<Random, string> Make)[] Placed =
    [
        ("password=", "connecting user=app password={0} host=db.internal", Password),
        ("JSON password", "{{\"user\":\"app\",\"password\":\"{0}\",\"retries\":3}}", Password),
        ("escaped JSON", "payload=\"{{\\\"db_password\\\":\\\"{0}\\\",\\\"port\\\":5432}}\"", Password),
        ("environment", "DB_PASSWORD={0} PORT=8080 node server.js", Password),
        ("YAML", "  client_secret: {0}", Password),
        ("URL password", "cannot reach postgres://app:{0}@db.internal:5432/orders?sslmode=require", r => Some(r, AlphaNumeric, 14)),
        ("URL password with marks", "dial amqp://svc:{0}@10.0.3.7:5672/%2F failed", r => Some(r, AlphaNumeric, 6) + "@" + Some(r, AlphaNumeric, 6)),
        ("DSN without scheme", "dsn app:{0}@tcp(db.internal:3306)/orders", r => Some(r, AlphaNumeric, 12)),
        ("connection string", "Server=db.internal;User Id=app;Password={0};Encrypt=true", Password),
        ("storage account", "DefaultEndpointsProtocol=https;AccountName=logs;AccountKey={0};EndpointSuffix=core.windows.net", r => Some(r, AlphaNumeric + "+/", 86) + "=="),
        ("bearer header", "Authorization: Bearer {0}", r => Some(r, AlphaNumeric, 40)),
        ("basic header", "> authorization: Basic {0}", r => Some(r, AlphaNumeric, 30) + "="),
        ("curl header", "curl -H 'Authorization: Bearer {0}' https://api.example.com/v1/orders", r => Some(r, AlphaNumeric, 32)),
        ("API key header", "x-api-key: {0}", r => Some(r, AlphaNumeric, 40)),
        ("query", "GET /v1/orders?page=2&api_key={0}&limit=50 200 12ms", r => Some(r, Hex, 32)),
        ("query token", "GET /callback?state=ok&token={0} 302", r => Some(r, AlphaNumeric, 40)),
        ("signed URL", "https://b.s3.amazonaws.com/k?X-Amz-Expires=300&X-Amz-Signature={0}", r => Some(r, Hex, 64)),
        ("cookie", "Cookie: session={0}; theme=dark", r => Some(r, AlphaNumeric, 32)),
        ("set-cookie", "Set-Cookie: JSESSIONID={0}; Path=/; HttpOnly", r => Some(r, Hex, 32)),
        ("option", "mysql --user app --password {0} --host db.internal", Password),
        ("AWS tag", "{{\"Key\":\"DB_PASSWORD\",\"Value\":\"{0}\"}}", Password),
        ("container environment", "{{\"name\":\"API_TOKEN_SECRET\",\"value\":\"{0}\"}}", Password),
        ("XML", "<config><password>{0}</password><port>5432</port></config>", Password),
        ("SQL", "ALTER USER app WITH PASSWORD '{0}';", Password),
        ("HTML", "<td>&quot;password&quot;: &quot;{0}&quot;</td>", r => Some(r, AlphaNumeric, 14)),
        ("private key", "-----BEGIN RSA PRIVATE KEY-----\n{0}\n-----END RSA PRIVATE KEY-----", r => Some(r, AlphaNumeric + "+/", 64)),
        ("private key in JSON", "{{\"private_key\":\"-----BEGIN PRIVATE KEY-----\\n{0}\\n-----END PRIVATE KEY-----\\n\"}}", r => Some(r, AlphaNumeric + "+/", 64)),
        ("credentials file", "aws_secret_access_key = {0}", r => Some(r, AlphaNumeric + "+/", 40)),
    ];

    public static IEnumerable<(string Family, string Secret, string Line)> All(int seed)
    {
        var random = new Random(seed);
        foreach (var (family, make) in Shaped)
        {
            foreach (var line in ShapedLines.Concat(ShapedLines))
            {
                yield return Plant(family, line, make(random));
            }
        }

        foreach (var (family, line, make) in Placed)
        {
            for (var i = 0; i < 8; i++)
            {
                yield return Plant(family, line, make(random));
            }
        }
    }

    private static (string, string, string) Plant(string family, string line, string secret)
        => (family, secret, string.Format(System.Globalization.CultureInfo.InvariantCulture, line, secret));

    private static string Password(Random random) => Some(random, AlphaNumeric, 6) + Some(random, "!#$%*-_+", 2) + Some(random, AlphaNumeric, 6);

    // One in some hundred keys has too few digits to be told from words: chance is allowed a second throw, as the README's limit says.
    private static string Mixed(Random random, string alphabet, int length)
    {
        string made;
        do
        {
            made = Some(random, alphabet, length);
        }
        while (made.Count(char.IsAsciiDigit) < 3);

        return made;
    }

    private static string Some(Random random, string alphabet, int length) => new(random.GetItems<char>(alphabet, length));
}
