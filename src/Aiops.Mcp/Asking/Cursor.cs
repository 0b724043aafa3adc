using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Aiops.Mcp.Asking;

/// <summary>Where a list goes on: what was asked, and how far it was told. Opaque to clients, and no secret.</summary>
internal static class Cursor
{
    /// <param name="stamp">What the list is of; a cursor of another one is refused.</param>
    public static string Write(string stamp, int from)
        => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{from}|{Digest(stamp)}")));

    /// <returns>0 where none is given.</returns>
    /// <exception cref="ToolRefusedException">It isn't one of ours, or of another list.</exception>
    public static int Read(string? cursor, string stamp)
    {
        if (cursor is null)
        {
            return 0;
        }

        return Parts(cursor) is [var from, var of] && of == Digest(stamp) && int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ToolRefusedException("The cursor is of another list, or this one has changed: ask again without it.");
    }

    private static string[] Parts(string cursor)
    {
        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('|', 2);
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private static string Digest(string stamp)
        => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(stamp)))[..12];
}
