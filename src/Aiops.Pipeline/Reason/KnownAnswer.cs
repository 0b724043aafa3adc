using System.Security.Cryptography;
using System.Text;
using Aiops.Pipeline.Reason.Answer;
using Aiops.Pipeline.Reason.Dialogue;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Pipeline.Reason;

/// <summary>An answer kept by what it answers: the same evidence isn't paid for twice.</summary>
/// <param name="Answer">As the model wrote it: what was hidden from it is hidden in it.</param>
/// <param name="Found">What its tools had found.</param>
public sealed record KnownAnswer(string Answer, IReadOnlyList<Evidence> Found)
{
    /// <summary>The hash of everything that an answer is made of: model, language, instructions, schema, tools and the brief as sent.</summary>
    internal static string HashOf(ModelSettings settings, string brief)
    {
        var made = string.Join('\n', settings.Provider, settings.InferenceProfile ?? settings.Model, Instructions.For(settings.Language), AnswerSchema.Element.GetRawText(), brief);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(made)));
    }
}
