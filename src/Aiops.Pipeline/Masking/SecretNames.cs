namespace Aiops.Pipeline.Masking;

/// <summary>What a name says of the value after it.</summary>
internal enum NameSays
{
    Nothing = 0,

    /// <summary>Perhaps a secret: the value's shape decides.</summary>
    Perhaps,

    /// <summary>Perhaps a secret, but a digest as often: hexadecimal values stay.</summary>
    Hardly,

    /// <summary>A secret.</summary>
    Secret,

    /// <summary>A header whose value has a scheme before the secret.</summary>
    Authorization,

    /// <summary>A header of several names and values, secret one and all.</summary>
    Cookie,

    /// <summary>The name of a tag, whose value follows under <see cref="TagValue"/>.</summary>
    TagName,
    TagValue,
}

/// <summary>Judges names as programs, headers, tags and connection strings write them: <c>DB_PASSWORD</c>, <c>clientSecret</c>, <c>x-api-key</c>.</summary>
internal static class SecretNames
{
    /// <summary>Longer ones are no names.</summary>
    public const int Longest = 64;

    // Ends of names, lower case, without marks.
    private static readonly string[] Secrets =
    [
        "password", "passwd", "passphrase", "passcode", "pwd", "secret", "secretkey", "secretvalue", "secretstring", "secretkeybase", "apikey", "appkey", "applicationkey",
        "accesskey", "privatekey", "signingkey", "encryptionkey", "masterkey", "sharedkey", "accountkey", "sharedaccesskey", "storagekey", "subscriptionkey",
        "licensekey", "functionskey", "functionkey", "authkey", "deploykey", "webhookkey", "integrationkey", "routingkeysecret", "sharedaccesssignature",
        "accesstoken", "authtoken", "refreshtoken", "idtoken", "sessiontoken", "securitytoken", "apitoken", "bearertoken", "bottoken", "csrftoken", "xsrftoken",
        "deploytoken", "personaltoken", "pushtoken", "devicetoken", "usertoken", "admintoken", "roottoken", "clienttoken", "vaulttoken", "githubtoken",
        "gitlabtoken", "slacktoken", "npmtoken", "xauthtoken", "credential", "credentials", "amzsignature", "jsessionid", "phpsessid", "connectsid", "aspnetsessionid",
        "authcode", "otpcode", "hmacsecret", "jwtsecret", "dbpass", "userpass", "mysqlpass", "smtppass", "adminpass", "rootpass",
    ];

    private static readonly string[] Doubtful =
        ["token", "auth", "pass", "sig", "sid", "sessionid", "session", "bearer", "hmac", "jwt", "dsn", "accesskeyid"];

    // "token" at a name's end is a secret more often than not; these say otherwise.
    private static readonly string[] Harmless = ["nexttoken", "continuationtoken", "paginationtoken", "pagetoken", "clientrequesttoken", "tasktoken", "synctoken", "idempotencytoken"];

    public static NameSays Judge(ReadOnlySpan<char> name)
    {
        Span<char> plain = stackalloc char[Longest];
        var length = 0;
        var upper = true;
        foreach (var c in name)
        {
            upper &= !char.IsAsciiLetterLower(c);
            if (char.IsLetterOrDigit(c) && length < Longest)
            {
                plain[length++] = char.ToLowerInvariant(c);
            }
        }

        ReadOnlySpan<char> word = plain[..length];
        return word switch
        {
            "name" or "tagkey" or "tagname" or "parametername" or "parameterkey" => NameSays.TagName,
            "value" or "tagvalue" or "parametervalue" => NameSays.TagValue,
            "cookie" or "setcookie" => NameSays.Cookie,
            _ when word.EndsWith("authorization", StringComparison.Ordinal) => NameSays.Authorization,
            _ when EndsWithAny(word, Secrets) => NameSays.Secret,
            _ when EndsWithAny(word, Harmless) => NameSays.Nothing,
            "key" or "signature" => NameSays.Hardly,
            _ when Doubtful.AsSpan().Contains(word.ToString()) => NameSays.Perhaps,
            _ when word.EndsWith("token", StringComparison.Ordinal) => NameSays.Perhaps,
            _ when upper && word.EndsWith("key", StringComparison.Ordinal) => NameSays.Perhaps,
            _ => NameSays.Nothing,
        };
    }

    private static bool EndsWithAny(ReadOnlySpan<char> word, string[] ends)
    {
        foreach (var end in ends)
        {
            if (word.EndsWith(end, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
