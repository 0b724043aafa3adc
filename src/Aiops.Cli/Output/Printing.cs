using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aiops.Cli.Commands;

namespace Aiops.Cli.Output;

/// <summary>The two ways in which a command answers: one JSON value, or lines for people.</summary>
internal static class Printing
{
    /// <returns><see cref="ExitCodes.Ok"/>, so that a command can end with it.</returns>
    public static int PrintJson<T>(this CommandEnvironment environment, T value, JsonTypeInfo<T> type)
    {
        environment.Output.WriteLine(JsonSerializer.Serialize(value, type));
        return ExitCodes.Ok;
    }

    public static int PrintCount(this CommandEnvironment environment, string what, int count, ParseResult parsed)
    {
        environment.Output.WriteLine(parsed.GetValue(CommonOptions.Json) ? $$"""{"{{what}}":{{count}}}""" : $"{count} {what}");
        return ExitCodes.Ok;
    }
}
