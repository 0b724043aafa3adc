using System.Globalization;
using System.Text;

namespace Aiops.Pipeline.Learn.Exchange;

/// <summary>Names of files for ids that may hold anything.</summary>
public static class FileNames
{
    /// <summary>Letters, digits, <c>-</c>, <c>_</c> and <c>.</c> stay, a leading <c>.</c> doesn't; every other byte of UTF-8 is <c>%</c> and two digits. Distinct ids have distinct names.</summary>
    public static string Of(string id)
    {
        StringBuilder name = new();
        foreach (var one in Encoding.UTF8.GetBytes(id))
        {
            if (char.IsAsciiLetterOrDigit((char)one) || one is (byte)'-' or (byte)'_' || (one == (byte)'.' && name.Length > 0))
            {
                name.Append((char)one);
            }
            else
            {
                name.Append(CultureInfo.InvariantCulture, $"%{one:X2}");
            }
        }

        return name.ToString();
    }
}
