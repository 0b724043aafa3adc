using System.Net;
using System.Text.RegularExpressions;
using Aiops.Pipeline.Intake.Formats.Webhook;

namespace Aiops.Cli.Serve;

/// <summary>Where the server listens and whom it believes. A class, not a record: it holds secrets and must not print itself.</summary>
internal sealed partial class EventServerOptions
{
    public const int DefaultPort = 8321;

    /// <summary>What guessing must not reach when anyone may try: 16 characters are 95 bits when drawn from letters and digits.</summary>
    public const int MinSecretLength = 16;

    /// <summary>Port 0 takes any free one; <see cref="EventServer.StartAsync"/> answers which.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, DefaultPort);

    /// <summary>ARNs of the SNS topics whose messages and subscriptions are taken, exactly; none when empty.</summary>
    public IReadOnlyList<string> AllowedTopics { get; init; } = [];

    /// <summary>Asked of every sender as <c>Authorization: Bearer</c>, but for signed messages. Null: only this machine may send.</summary>
    public string? Token { get; init; }

    /// <summary>The key of signed webhooks (<see cref="WebhookSignature"/>); null: they sign nothing.</summary>
    public string? WebhookSecret { get; init; }

    /// <summary><c>127.0.0.1:8321</c>, <c>localhost:8321</c>, <c>[::1]:8321</c>, or one of these without its port.</summary>
    /// <exception cref="UserErrorException">It is none of these.</exception>
    public static IPEndPoint ParseListen(string text)
    {
        var numeric = text.StartsWith("localhost", StringComparison.OrdinalIgnoreCase) ? $"127.0.0.1{text["localhost".Length..]}" : text;
        var withPort = numeric.EndsWith(']') || !numeric.Contains(':') ? $"{numeric}:{DefaultPort}" : numeric;
        return AddressAndPort().IsMatch(withPort) && IPEndPoint.TryParse(withPort, out var listen)
            ? listen
            : throw Wrong($"\"{text}\" is no address to listen on.", $"Give an IP address and a port, such as 127.0.0.1:{DefaultPort}.");
    }

    /// <exception cref="UserErrorException">A setting is wrong or unsafe; nothing was started.</exception>
    public void Validate()
    {
        if (!IPAddress.IsLoopback(Listen.Address) && Token is null)
        {
            throw Wrong(
                $"Listening on {Listen} without a token would let anyone who reaches it post events.",
                "Set a token, or listen on 127.0.0.1 alone.");
        }

        CheckSecret(Token, "The token");
        CheckSecret(WebhookSecret, "The webhook's secret");
        foreach (var topic in AllowedTopics)
        {
            if (!Topic().IsMatch(topic))
            {
                throw Wrong($"\"{topic}\" is not the ARN of an SNS topic.", "Write it in full, as in arn:aws:sns:eu-west-1:111122223333:alarms.");
            }
        }
    }

    private static void CheckSecret(string? secret, string what)
    {
        if (secret is not null && (secret.Length < MinSecretLength || secret.Any(c => c is <= ' ' or > '~')))
        {
            throw Wrong(
                $"{what} must have {MinSecretLength} characters or more, all of them visible ASCII.", // A header carries no others.
                "Draw one: openssl rand -base64 32");
        }
    }

    private static UserErrorException Wrong(string message, string remedy) => new(ExitCodes.Usage, message, remedy);

    [GeneratedRegex(@"\A([0-9]+(\.[0-9]+){3}|\[[0-9A-Fa-f:.%]+\]):[0-9]{1,5}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex AddressAndPort();

    [GeneratedRegex(@"\Aarn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]{1,256}\z", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Topic();
}
