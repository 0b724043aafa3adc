using Aiops.Cli;
using Spectre.Console;

namespace Aiops.Tests.Cli;

/// <summary>Runs commands in process on a state folder of their own, and keeps what they printed.</summary>
internal sealed class CommandRun : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public string Folder => folder.Path;

    public string State => Path.Combine(folder.Path, "state");

    public async Task<(int ExitCode, string Output, string Error)> RunAsync(byte[] input, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var environment = new CommandEnvironment
        {
            Input = new MemoryStream(input),
            Output = output,
            Error = error,
            Console = Plain(output),
            ErrorConsole = Plain(error),
            Time = TimeProvider.System,
            CurrentDirectory = TestPaths.Root,
        };
        var exitCode = await AiopsCommand.RunAsync([.. arguments, "--state", State], environment, CancellationToken.None);
        return (exitCode, output.ToString(), error.ToString());
    }

    public Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync([], arguments);

    public void Dispose() => folder.Dispose();

    private static IAnsiConsole Plain(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = AnsiSupport.No,
        ColorSystem = ColorSystemSupport.NoColors,
        Interactive = InteractionSupport.No,
        Out = new AnsiConsoleOutput(writer),
    });
}
