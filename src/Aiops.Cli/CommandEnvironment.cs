using Spectre.Console;

namespace Aiops.Cli;

/// <summary>What a command touches outside itself, so that a test can run one in process and read what it printed.</summary>
internal sealed class CommandEnvironment : IDisposable
{
    public required Stream Input { get; init; }

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>For people: colour and width as the terminal can; progress goes here and never into JSON.</summary>
    public required IAnsiConsole Console { get; init; }

    /// <summary>Errors for people.</summary>
    public required IAnsiConsole ErrorConsole { get; init; }

    public required TimeProvider Time { get; init; }

    public required string CurrentDirectory { get; init; }

    public static CommandEnvironment OfThisProcess() => new()
    {
        Input = System.Console.OpenStandardInput(),
        Output = System.Console.Out,
        Error = System.Console.Error,
        Console = AnsiConsole.Console,
        ErrorConsole = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) }),
        Time = TimeProvider.System,
        CurrentDirectory = Directory.GetCurrentDirectory(),
    };

    /// <summary>A path as the user wrote it, from where they stand.</summary>
    public string PathOf(string path) => Path.GetFullPath(path, CurrentDirectory);

    public void Dispose() => Input.Dispose();
}
