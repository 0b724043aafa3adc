using System.Security.Cryptography;
using System.Text;
using Aiops.Pipeline.Reason.Dialogue;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Pipeline.Reason;

/// <summary>An answer kept by what it answers: the same evidence isn't paid for twice.</summary>
/// <param name="Answer">As the model wrote it, what was hidden put back.</param>
/// <param name="Found">What its tools had found.</param>
public sealed record KnownAnswer(string Answer, IReadOnlyList<Evidence> Found)
{
    /// <summary>The hash of everything that an answer is made of: model, instructions with language and schema, tools, the brief, and what was hidden in it.</summary>
    internal static string HashOf(ModelSettings settings, string brief, IEnumerable<string> hidden)
    {
        var made = string.Join('\n', [
            settings.Provider.ToString(), settings.Endpoint?.ToString() ?? "", settings.InferenceProfile ?? settings.Model, Instructions.For(settings.Language),
            .. ToolCatalogue.All.Select(tool => $"{tool.Name}: {tool.Description}"), brief, .. hidden]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(made)));
    }
}
