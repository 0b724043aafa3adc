using System.Text.RegularExpressions;

namespace Aiops.Pipeline.Masking;

/// <summary>Tokens whose issuers gave them a recognisable form, wherever they stand.</summary>
/// <remarks>
/// The forms are those that the issuers publish for secret scanning, their lengths only as a lower bound: a count makes the
/// automaton grow, and a longer token must vanish whole. Automata without backtracking: linear.
/// </remarks>
internal static partial class TokenShapes
{
    public static string Mask(string text)
    {
        var masked = new MaskedCopy(text);
        foreach (var match in Prefixed().EnumerateMatches(text))
        {
            masked.Replace(match.Index + LeadOf(text[match.Index]), match.Index + match.Length);
        }

        text = masked.Finish();
        masked = new MaskedCopy(text);
        foreach (var match in Schemes().EnumerateMatches(text))
        {
            var space = match.Index + text.AsSpan(match.Index, match.Length).LastIndexOf(' ') + 1;
            if (SecretValue.LooksRandom(text.AsSpan(space, match.Index + match.Length - space)))
            {
                masked.Replace(space, match.Index + match.Length);
            }
        }

        text = masked.Finish();
        masked = new MaskedCopy(text);
        MaskBareAwsSecrets(text, ref masked);
        return masked.Finish();
    }

    // A line break or a sign of a URL, escaped, may stand right before a token.
    private static int LeadOf(char first) => first switch { '\\' => 2, '%' => 3, _ => 0 };

    /// <summary>AWS secret access keys have no prefix: forty characters of base64, on their own, and as mixed as chance makes them.</summary>
    private static void MaskBareAwsSecrets(string text, ref MaskedCopy masked)
    {
        const int Length = 40;
        for (var i = 0; i < text.Length;)
        {
            if (!IsBase64(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && IsBase64(text[i]))
            {
                i++;
            }

            var apart = (start == 0 || text[start - 1] is not ('-' or '_' or '.' or '%' or '~')) && (i == text.Length || text[i] is not ('-' or '_' or '%' or '=' or '~'));
            if (i - start == Length && apart && SecretValue.IsMixed(text.AsSpan(start, Length)))
            {
                masked.Replace(start, i);
            }
        }
    }

    private static bool IsBase64(char c) => char.IsAsciiLetterOrDigit(c) || c is '+' or '/';

    [GeneratedRegex(
        @"(\b|\\[nrt]|%[0-9A-Fa-f]{2})(" +
        @"(AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}" +                                    // AWS access key id
        @"|(IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[A-Za-z0-9+/=%]{16,}" +        // AWS session token
        @"|ABSK[A-Za-z0-9+/]{16,}=*" +                                            // Amazon Bedrock API key
        @"|amzn\.mws\.[0-9a-f-]{16,}" +
        @"|gh[pousr]_[A-Za-z0-9]{16,}|github_pat_[A-Za-z0-9_]{16,}" +
        @"|gl(pat|dt|rt|cbt|ptt|ft|imt|agent|soat|ffct)-[A-Za-z0-9_.-]{16,}" +
        @"|xox[abceoprs]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{10,}" +              // Slack
        @"|hooks\.slack\.com/(services|workflows|triggers)/[A-Za-z0-9/_-]{16,}" +
        @"|(sk|rk|pk)_(live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{16,}" +   // Stripe
        @"|AIza[A-Za-z0-9_-]{16,}|ya29\.[A-Za-z0-9_-]{16,}|GOCSPX-[A-Za-z0-9_-]{16,}|1//0[A-Za-z0-9_-]{16,}" + // Google
        @"|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}" +                          // SendGrid
        @"|SK[0-9a-f]{16,}|key-[0-9a-f]{16,}" +                                     // Twilio, Mailgun
        @"|npm_[A-Za-z0-9]{16,}|pypi-[A-Za-z0-9_-]{16,}|rubygems_[0-9a-f]{16,}|oy2[a-z0-9]{43}|crates?io[A-Za-z0-9]{32}" +
        @"|sk-(proj-|svcacct-|ant-[a-z0-9]+-|or-v1-)[A-Za-z0-9_-]{16,}|sk-[A-Za-z0-9]{16,}" + // OpenAI, Anthropic and their like
        @"|hf_[A-Za-z0-9]{16,}|r8_[A-Za-z0-9]{16,}|gsk_[A-Za-z0-9]{16,}|pplx-[A-Za-z0-9]{16,}" +
        @"|do[opr]_v1_[0-9a-f]{16,}|dapi[0-9a-f]{16,}|dp\.(pt|st|ct|sa|scim|audit)\.[A-Za-z0-9_.-]{16,}" +
        @"|shp(at|ca|pa|ss)_[0-9a-fA-F]{16,}|sq0(atp|csp|idp)-[A-Za-z0-9_-]{16,}|EAAA[A-Za-z0-9_-]{16,}" +
        @"|hv[sbr]\.[A-Za-z0-9_-]{16,}|[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{16,}" + // HashiCorp
        @"|[0-9]{8,10}:AA[A-Za-z0-9_-]{16,}" +                                  // Telegram
        @"|[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{16,}" +   // Discord
        @"|discord(app)?\.com/api/webhooks/[0-9]+/[A-Za-z0-9_-]{16,}" +
        @"|ey[JI][A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(\.[A-Za-z0-9_-]*){0,3}" +   // JSON Web Tokens, signed or encrypted
        @"|AT(ATT|CTT|BB)[A-Za-z0-9_=-]{16,}" +                                   // Atlassian
        @"|NR(AK|II|RA|JS)-[A-Za-z0-9_-]{16,}|gl(c|sa)_[A-Za-z0-9+/=_]{16,}|sntry[su]_[A-Za-z0-9+/=_]{16,}" + // New Relic, Grafana, Sentry
        @"|dckr_(pat|oat)_[A-Za-z0-9_-]{16,}|lin_api_[A-Za-z0-9]{16,}|ntn_[A-Za-z0-9]{16,}|secret_[A-Za-z0-9]{43}" +
        @"|PMAK-[0-9a-f]{16,}-[0-9a-f]{16,}|sbp_[0-9a-f]{16,}|pscale_(tkn|pw|oauth)_[A-Za-z0-9_.-]{16,}" +
        @"|dt0[a-z][0-9]{2}\.[A-Z0-9]{16,}\.[A-Z0-9]{16,}|HRKU-[A-Za-z0-9_-]{16,}|AGE-SECRET-KEY-1[0-9A-Z]{16,}" +
        @"|figd_[A-Za-z0-9_-]{16,}|pat[A-Za-z0-9]{14}\.[0-9a-f]{16,}|FLWSECK[_-][A-Za-z0-9_-]{12,}|fio-u-[A-Za-z0-9_=-]{16,}" +
        @"|tskey-[a-z]+-[A-Za-z0-9-]{16,}|xkeysib-[0-9a-f]{16,}-[A-Za-z0-9]{16}|[0-9a-f]{32}-us[0-9]{1,2}" +
        @"|[A-Za-z0-9_~.-]{3}8Q~[A-Za-z0-9_~.-]{16,}" +                         // Microsoft Entra client secret
        @"|(AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|xapp-|[sr]k_live_|whsec_|AIza|ya29\.|GOCSPX-|npm_|pypi-|sk-ant-|sk-proj-|hvs\.|eyJ|dop_v1_|shpat_)" +
        @"[A-Za-z0-9_.-]{4,}…" +                                                  // What somebody shortened: a half is a leak as well
        @")",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Prefixed();

    [GeneratedRegex(@"\b(bearer|basic|negotiate|bot|apikey|token) +[A-Za-z0-9._~+/=-]{12,}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Schemes();
}
