using Aiops.Console;

namespace Aiops.Cli.Serve;

/// <summary>The review console beside the event routes: who may look, and what it reads.</summary>
internal sealed record ConsoleMount(ConsoleOptions Options, ConsolePorts Ports);
