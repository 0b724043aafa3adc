using System.Globalization;

namespace Aiops.Local.Queue;

/// <summary>One delivery of one message. Leases are numbered for the message's whole life, so no two deliveries are alike.</summary>
internal readonly record struct Receipt(long Id, long Lease)
{
    /// <exception cref="ArgumentException">Not a receipt handle of this queue.</exception>
    public static Receipt Parse(string handle)
    {
        var dot = handle.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0
            && long.TryParse(handle.AsSpan(0, dot), NumberStyles.None, null, out var id)
            && long.TryParse(handle.AsSpan(dot + 1), NumberStyles.None, null, out var lease))
        {
            return new Receipt(id, lease);
        }

        throw new ArgumentException($"'{handle}' is no receipt handle of this queue.", nameof(handle));
    }

    public override string ToString() => $"{Id}.{Lease}";
}
