using System.Buffers;

namespace Aiops.Local.Import;

/// <summary>Finds the service in a Kubernetes pod's name: <c>cart-6f6cfc45b-h5m2n</c> is a pod of <c>cart</c>.</summary>
internal static class PodNames
{
    // What Kubernetes makes suffixes of, so that they spell nothing...
    private static readonly SearchValues<char> SafeLetters = SearchValues.Create("bcdfghjklmnpqrstvwxz2456789");
    // ...and older versions, template hashes.
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    /// <summary>The name without the hash of its replica set and the suffix of its own; unchanged when it has none.</summary>
    public static string Service(string pod)
    {
        var suffix = pod.LastIndexOf('-');
        var hash = suffix <= 0 ? -1 : pod.LastIndexOf('-', suffix - 1);
        return hash > 0 && IsSuffix(pod.AsSpan(suffix + 1)) && IsHash(pod.AsSpan(hash + 1, suffix - hash - 1)) ? pod[..hash] : pod;
    }

    private static bool IsSuffix(ReadOnlySpan<char> text) => text.Length == 5 && !text.ContainsAnyExcept(SafeLetters);

    private static bool IsHash(ReadOnlySpan<char> text)
        => text.Length is >= 7 and <= 10 && (!text.ContainsAnyExcept(SafeLetters) || !text.ContainsAnyExcept(Hexadecimal));
}
