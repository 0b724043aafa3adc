using Aiops.Pipeline.Masking;

namespace Aiops.Tests.Pipeline.Masking;

public class SecretMaskTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_planted_secret_survives(int seed)
    {
        var planted = PlantedSecrets.All(seed).ToList();
        planted.Count.ShouldBeGreaterThan(300);
        planted.Select(one => one.Family).Distinct().Count().ShouldBeGreaterThan(25);

        planted.Where(one => Survives(one.Secret, SecretMask.Mask(one.Line))).Select(one => $"{one.Family}: {one.Line} -> {SecretMask.Mask(one.Line)}").ShouldBeEmpty();
    }

    [Fact]
    public void Masking_masked_text_changes_nothing()
        => PlantedSecrets.All(4).Select(one => SecretMask.Mask(one.Line)).Where(masked => SecretMask.Mask(masked) != masked)
            .Select(masked => $"{masked} -> {SecretMask.Mask(masked)}").ShouldBeEmpty();

    [Fact]
    public void Ordinary_telemetry_stays_as_it_is()
    {
        InnocentLines.All.Count.ShouldBeGreaterThanOrEqualTo(100);
        InnocentLines.All.Where(line => SecretMask.Mask(line) != line).Select(line => $"{line} -> {SecretMask.Mask(line)}").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("password=hunter2 user=app", "password=[masked] user=app")]
    [InlineData("redis://:hunter2@cache:6379/0", "redis://:[masked]@cache:6379/0")]
    [InlineData("Authorization: Bearer abcdef123456", "Authorization: Bearer [masked]")]
    [InlineData("{\"token\":null,\"password\":\"a\\\"b\",\"n\":1}", "{\"token\":null,\"password\":\"[masked]\",\"n\":1}")]
    [InlineData("mail to jane.doe+x@example.co.uk, please", "mail to [masked], please")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk", "[masked]")]
    [InlineData("{\"msg\":\"line\\nghp_aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789\"}", "{\"msg\":\"line\\n[masked]\"}")]
    [InlineData("next=%2Fghp_aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789", "next=%2F[masked]")]
    [InlineData("pushed with ghp_aBcDeFgH… by ci", "pushed with [masked] by ci")]
    [InlineData("GET /users?mail=jane.doe%40example.com&x=1", "GET /users?mail=[masked]&x=1")]
    [InlineData("CREATE USER app IDENTIFIED BY 'hunter2'", "CREATE USER app IDENTIFIED BY '[masked]'")]
    [InlineData("os.environ['API_KEY'] = 'abc123xyz789'", "os.environ['API_KEY'] = '[masked]'")]
    [InlineData("token=9f86d081884c7d659a2feaa0c55ad015", "token=[masked]")]
    [InlineData("key=9f86d081884c7d659a2feaa0c55ad015", "key=9f86d081884c7d659a2feaa0c55ad015")]
    [InlineData("SECRET_KEY_BASE=9f86d081884c7d659a2feaa0c55ad015", "SECRET_KEY_BASE=[masked]")]
    [InlineData("Password=p@ss,w0rd&x;Encrypt=true", "Password=[masked];Encrypt=true")]
    [InlineData("<a href=\"?password=hunter2&amp;user=app\">", "<a href=\"?password=[masked];user=app\">")]
    [InlineData("<td>password=hunter2&quot;</td>", "<td>password=[masked]&quot;</td>")]
    public void What_stands_around_a_secret_stays(string text, string expected) => SecretMask.Mask(text).ShouldBe(expected);

    [Theory]
    [InlineData("token:")]
    [InlineData("password={")]
    [InlineData("a@")]
    [InlineData("://a:b@")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("-----BEGIN X-----")]
    [InlineData("eyJabc.")]
    [InlineData("Cookie: ")]
    [InlineData("Authorization: Digest [masked] ")]
    [InlineData("\\\"")]
    [InlineData("key='")]
    [InlineData("key=")]
    [InlineData("key=&")]
    [InlineData("%40")]
    [InlineData("eyJ")]
    [InlineData("\\n")]
    [InlineData("A1b2/")]
    public void A_hostile_mebibyte_is_done_before_the_test_run_gives_up(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, (1 << 20) / piece.Length));
        SecretMask.Mask(text).ShouldNotBeNull();
    }

    // Half of a secret is a leak as well.
    private static bool Survives(string secret, string masked)
        => masked.Contains(secret, StringComparison.Ordinal) || (secret.Length >= 16 && masked.Contains(secret[^8..], StringComparison.Ordinal));
}
