namespace Aiops.Console.Security;

/// <summary>Where a login leads back to: an address of ours, whatever the link said.</summary>
internal static class LocalPath
{
    public static string Of(string? asked)
        => asked is ['/', ..] && asked is not ['/', '/' or '\\', ..] && asked.Length <= 2_000 && asked.All(c => c is > ' ' and <= '~' and not '\\')
            ? asked
            : ConsoleAssets.Start;
}
