using System.Text.Json.Nodes;

namespace Aiops.Mcp;

/// <summary>Questions in plain words over what is known: answered by a checked statement that only reads.</summary>
public interface IQuestions
{
    /// <returns>The answer as <c>aiops ask --json</c> prints it, with its SQL; <c>rows</c> may be cut further.</returns>
    /// <exception cref="ToolRefusedException">It can't be asked now; says why.</exception>
    Task<JsonObject> AskAsync(string question, CancellationToken cancellationToken);
}
