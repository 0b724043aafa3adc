using Aiops.Pipeline;

namespace Aiops.Cli.Output;

/// <summary>One colour a meaning, in every command.</summary>
internal static class Colours
{
    public static string Of(Severity severity) => severity switch
    {
        Severity.Sev1 => "red bold",
        Severity.Sev2 => "red",
        Severity.Sev3 => "yellow",
        _ => "grey",
    };

    public static string Of(IncidentStatus status) => status switch
    {
        IncidentStatus.Open => "red",
        IncidentStatus.Resolved => "green",
        _ => "grey",
    };
}
