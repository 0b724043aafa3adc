using System.Text.Json;
using System.Text.Json.Serialization;
using Aiops.Ask.Sql;
using Aiops.Pipeline.Reason.Models;

namespace Aiops.Ask.Questions;

/// <summary>What a model answers: a statement with its title, or what it lacks.</summary>
internal sealed record ModelStatement
{
    private const int LongestAnswer = 40_000;

    public string? Sql { get; init; }

    public string? Title { get; init; }

    /// <summary>bar, line or none.</summary>
    public string? Chart { get; init; }

    public string? Missing { get; init; }

    /// <exception cref="StatementException">It isn't one of the two forms.</exception>
    public static ModelStatement Read(string text)
    {
        try
        {
            if (text.Length <= LongestAnswer && JsonSerializer.Deserialize(JsonAnswer.Unwrapped(text), ModelStatementJson.Default.ModelStatement) is { } read && read.IsOfAForm)
            {
                return read;
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new StatementException("""The answer isn't one JSON object {"sql": …, "title": …, "chart": "bar", "line" or "none"}, or {"missing": …}, with no other members.""");
    }

    private bool IsOfAForm => Missing is { Length: > 0 }
        ? (Sql, Title, Chart) is (null, null, null)
        : Sql is { Length: > 0 } && Title is { Length: > 0 and <= 200 } && Chart is null or "bar" or "line" or "none";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ModelStatement))]
internal sealed partial class ModelStatementJson : JsonSerializerContext;
