using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aiops.Console.Security;

/// <summary>
/// Who may log in by a token, from a JSON file that holds the tokens' SHA-256 and never a token. A changed file holds from the
/// next request on; one that can't be read any more lets nobody in.
/// </summary>
/// <remarks>A token is drawn, not chosen (32 bytes), so that a plain digest can't be guessed back.</remarks>
public sealed class TokenFile
{
    private readonly string path;
    private readonly Lock gate = new();
    private (DateTime Written, long Length, IReadOnlyList<TokenHolder> Holders) read;

    private TokenFile(string path) => this.path = path;

    /// <exception cref="TokenFileException">It can't be used; says why and what to do.</exception>
    public static TokenFile Open(string path)
    {
        var file = new TokenFile(path);
        file.read = file.Read();
        return file;
    }

    /// <summary>Whose token it is; null where it is nobody's. Takes the same time whichever entry it is.</summary>
    public TokenHolder? Find(string token)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        TokenHolder? found = null;
        foreach (var holder in Current())
        {
            if (CryptographicOperations.FixedTimeEquals(digest, holder.Digest))
            {
                found = holder;
            }
        }

        return found;
    }

    /// <summary>Who logged in with a token earlier; null once it is taken out of the file.</summary>
    public TokenHolder? FindById(string id) => Current().FirstOrDefault(holder => holder.Id == id);

    private IReadOnlyList<TokenHolder> Current()
    {
        lock (gate)
        {
            try
            {
                var file = new FileInfo(path);
                if ((file.LastWriteTimeUtc, file.Length) != (read.Written, read.Length))
                {
                    read = Read();
                }

                return read.Holders;
            }
            catch (Exception e) when (e is TokenFileException or IOException or UnauthorizedAccessException)
            {
                return [];
            }
        }
    }

    private (DateTime, long, IReadOnlyList<TokenHolder>) Read()
    {
        try
        {
            var file = new FileInfo(path);
            var (written, length) = (file.LastWriteTimeUtc, file.Length);
            var entries = JsonSerializer.Deserialize(File.ReadAllBytes(path), TokenFileJson.Default.ListTokenEntry) ?? [];
            TokenHolder[] holders = [.. entries.Select(HolderOf)];
            return holders.Length > 0 && holders.Select(holder => holder.Id).Distinct().Count() == holders.Length
                ? (written, length, holders)
                : throw new TokenFileException($"{path} names nobody, or one token twice.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new TokenFileException($"{path} can't be read as a list of tokens: {e.Message}", e);
        }
    }

    private TokenHolder HolderOf(TokenEntry entry)
    {
        if (entry.Name is not { Length: > 0 and <= 100 } name || entry.Roles is not { Count: > 0 } roles || !roles.All(ConsoleRoles.All.Contains))
        {
            throw new TokenFileException($"{path}: each entry needs a name and roles out of {string.Join(", ", ConsoleRoles.All)}.");
        }

        return entry.Sha256 is { Length: 64 } hex && hex.All(char.IsAsciiHexDigit)
            ? new TokenHolder(name, roles, Convert.FromHexString(hex))
            : throw new TokenFileException($"{path}: \"sha256\" of {name} is not 64 hexadecimal digits.");
    }
}

/// <param name="Digest">SHA-256 of the token.</param>
public sealed record TokenHolder(string Name, IReadOnlyList<string> Roles, byte[] Digest)
{
    /// <summary>Tells nothing of the token; another token of the same person has another.</summary>
    public string Id { get; } = Convert.ToHexStringLower(SHA256.HashData(Digest))[..32];
}

/// <summary>The token file can't be used; the message says why.</summary>
public sealed class TokenFileException(string message, Exception? inner = null) : Exception(message, inner);

internal sealed record TokenEntry(string? Name, IReadOnlyList<string>? Roles, string? Sha256);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(List<TokenEntry>))]
internal sealed partial class TokenFileJson : JsonSerializerContext;
