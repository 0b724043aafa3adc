namespace Aiops.Cli;

/// <summary>What the process answers its caller; listed in <c>aiops --help</c> and in docs/command.md.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>Our own fault: please report it.</summary>
    public const int Failed = 1;

    /// <summary>The command line was wrong.</summary>
    public const int Usage = 2;

    /// <summary>The input couldn't be read or understood; events are kept as dead letters.</summary>
    public const int BadInput = 3;

    /// <summary>No such incident, recording or message.</summary>
    public const int NotFound = 4;

    /// <summary>The state folder is in use, damaged or of a newer version.</summary>
    public const int State = 5;

    /// <summary>It wasn't done in the time given.</summary>
    public const int TimedOut = 6;
}
