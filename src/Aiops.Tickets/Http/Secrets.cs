using System.Text;

namespace Aiops.Tickets.Http;

/// <summary>Where secrets are read: the settings name them and never hold them.</summary>
/// <param name="Environment">An environment variable's value, or null.</param>
/// <param name="Store">A secret of the host's secret store by its name; null where the host has none.</param>
/// <param name="Folder">What relative paths begin at: the folder of the settings.</param>
public sealed record SecretSources(
    Func<string, string?> Environment, Func<string, CancellationToken, ValueTask<string>>? Store, string Folder);

/// <summary><c>env:NAME</c>, <c>file:PATH</c> or <c>secret:NAME</c>.</summary>
public static class Secrets
{
    public const string Remedy = "Write env:NAME, file:PATH, or secret:NAME on a host that has a secret store.";

    /// <summary>Null where the reference is none of these: it may be the secret itself, so nobody repeats it.</summary>
    public static ISecret? Of(string reference, SecretSources sources) => reference.Split(':', 2) switch
    {
        ["env", { Length: > 0 } name] => new FromEnvironment(name, sources.Environment),
        ["file", { Length: > 0 } path] => new FromFile(Path.GetFullPath(path, sources.Folder)),
        ["secret", { Length: > 0 } name] when sources.Store is { } store => new FromStore(name, store),
        _ => null,
    };

    private sealed class FromEnvironment(string name, Func<string, string?> environment) : ISecret
    {
        public ValueTask<string> ReadAsync(CancellationToken cancellationToken)
            => ValueTask.FromResult(Checked(environment(name), $"The environment variable {name}"));
    }

    /// <summary>Read each time: whoever renews the token writes the file anew.</summary>
    private sealed class FromFile(string path) : ISecret
    {
        public async ValueTask<string> ReadAsync(CancellationToken cancellationToken)
        {
            try
            {
                return Checked(await File.ReadAllTextAsync(path, Encoding.UTF8, cancellationToken), $"The file {path}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new TicketSystemRefusedException($"The secret's file {path} can't be read ({e.GetType().Name}).", "Put the token there, readable by this process.", e);
            }
        }
    }

    private sealed class FromStore(string name, Func<string, CancellationToken, ValueTask<string>> store) : ISecret
    {
        public async ValueTask<string> ReadAsync(CancellationToken cancellationToken) => Checked(await store(name, cancellationToken), $"The secret {name}");
    }

    // A header takes visible ASCII; a line break in it would be somebody else's header.
    private static string Checked(string? value, string what)
    {
        var secret = value?.Trim();
        return secret switch
        {
            null or "" => throw new TicketSystemRefusedException($"{what} holds no secret.", "Put the token there."),
            _ when secret.Any(c => c is < ' ' or > '~') => throw new TicketSystemRefusedException($"{what} holds signs that no token has.", "Put the token there alone, on one line."),
            _ => secret,
        };
    }
}
