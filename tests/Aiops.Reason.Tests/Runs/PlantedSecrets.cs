using System.Globalization;
using System.Text;

namespace Aiops.Reason.Tests.Runs;

/// <summary>Values that no model may see, each in the words around it that telemetry and people put there.</summary>
internal sealed class PlantedSecrets(int seed)
{
    public static readonly string[] Names = ["Margarethe Unwin", "Projekt Nordlicht", "Kim Min-seo"];

    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Small = "abcdefghijklmnopqrstuvwxyz";
    private const string Digits = "0123456789";

    private readonly Random random = new(seed);

    /// <returns>The text, and the parts of it that must not arrive.</returns>
    public (string Text, string[] Secrets) Next(int number) => (number % 25) switch
    {
        0 => One("AKIA" + Of(Letters + "234567", 16), "request signed by {0}"),
        1 => One(Of(Letters + Small + Digits + "/+", 40), "aws_secret_access_key={0} loaded"),
        2 => One("ghp_" + Of(Letters + Small + Digits, 36), "push with {0} refused"),
        3 => One($"xoxb-{Of(Digits, 12)}-{Of(Digits, 12)}-{Of(Letters + Small + Digits, 24)}", "slack says no to {0}"),
        4 => One($"eyJhbGciOiJIUzI1NiJ9.eyJ{Of(Letters + Small + Digits, 30)}.{Of(Letters + Small + Digits + "_-", 43)}", "token {0} expired"),
        5 => One(Of(Small + Digits, 14), "connect to postgres://shop:{0}@db.internal:5432/shop failed"),
        6 => One(Of(Small + Letters + Digits, 18), "password={0} is wrong"),
        7 => One(Of(Letters + Small + Digits, 32), "Authorization: Bearer {0}"),
        8 => One($"MIIE{Of(Letters + Small + Digits, 60)}", "-----BEGIN RSA PRIVATE KEY-----\n{0}\n-----END RSA PRIVATE KEY-----"),
        9 => One("AIza" + Of(Letters + Small + Digits, 35), "maps key {0} over quota"),
        10 => One("sk_live_" + Of(Letters + Small + Digits, 24), "charge by {0} declined"),
        11 => One("npm_" + Of(Letters + Small + Digits, 36), "publish with {0}"),
        12 => One(Of(Letters + Small + Digits, 20), "Server=db;Database=shop;User Id=app;Password={0};Encrypt=true"),
        13 => One($"{Of(Small, 8)}.{Of(Small, 6)}@{Of(Small, 7)}.example", "mail to {0} bounced"),
        14 => One($"{Of("123", 1)}{Of(Digits, 1)}.{random.Next(200)}.{random.Next(200)}.{random.Next(1, 200)}", "connect to {0} timed out"),
        15 => One($"2001:db8:{Of("abcdef", 2)}{Of(Digits, 2)}:{Of(Digits, 4)}:{Of("abcdef", 4)}:{Of(Digits, 3)}a:{Of("abcdef", 2)}{Of(Digits, 1)}:{Of(Digits, 4)}", "no route to {0}"),
        16 => One("9" + Of(Digits, 11), "role of account {0} denied"),
        17 => One("8" + Of(Digits, 11), "arn:aws:sqs:eu-west-1:{0}:orders is full"),
        18 => One(Names[random.Next(Names.Length)], "{0} complained again"),
        19 => One($"{Of(Digits + "abcdef", 8)}-{Of(Digits + "abcdef", 4)}-4{Of(Digits + "abcdef", 3)}-a{Of(Digits + "abcdef", 3)}-{Of(Digits + "abcdef", 12)}", "session {0} lost"),
        20 => One(Of(Digits + "abcdef", 40), "session cookie {0} refused"),
        21 => One(Of(Small + Digits, 16), "https://hook.example/in?api_key={0}&v=2 answered 500"),
        22 => One("glpat-" + Of(Letters + Small + Digits, 20), "clone with {0} failed"),
        23 => One(Of(Letters + Small, 10) + Of(Digits, 6) + Of(Letters, 8), "client_secret: \"{0}\""),
        _ => One($"10.{random.Next(256)}.{random.Next(256)}.{random.Next(1, 255)}", "peer {0}:8443 hung up"),
    };

    private static (string, string[]) One(string secret, string around) => (string.Format(CultureInfo.InvariantCulture, around, secret), [secret]);

    private string Of(string letters, int length)
    {
        var text = new StringBuilder(length);
        for (var i = 0; i < length; i++)
        {
            text.Append(letters[random.Next(letters.Length)]);
        }

        return text.ToString();
    }
}
