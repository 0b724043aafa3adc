using System.Security.Cryptography;
using System.Text;

namespace Aiops.Pipeline.Intake.Formats;

/// <summary>Stable ids for what its sender gave none: the same content, the same id.</summary>
internal static class Digest
{
    private const int Length = 16;

    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content))[..Length];

    /// <summary>In whatever order the pairs stand.</summary>
    public static string Of(IReadOnlyDictionary<string, string> pairs)
        => Of(Encoding.UTF8.GetBytes(string.Join(
            '\n', pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}\0{pair.Value}"))));
}
