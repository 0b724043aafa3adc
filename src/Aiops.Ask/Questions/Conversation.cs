using System.Text.Json;
using System.Text.Json.Serialization;
using Aiops.Pipeline.Masking;

namespace Aiops.Ask.Questions;

/// <summary>The last turns of a conversation in a file, for follow-ups. It holds questions and statements, secrets masked, and no rows; its owner alone may read it.</summary>
public sealed class Conversation(string path)
{
    /// <summary>Older turns are forgotten.</summary>
    public const int Most = 6;

    /// <summary>The oldest first; empty where there is no file, or one that isn't understood.</summary>
    public IReadOnlyList<Turn> Read()
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), ConversationJson.Default.IReadOnlyListTurn) ?? [] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Goes on with it, or begins anew.</summary>
    public void Write(IReadOnlyList<Turn> before, Turn turn)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var masked = turn with { Question = SecretMask.Mask(turn.Question), Sql = SecretMask.Mask(turn.Sql), Title = SecretMask.Mask(turn.Title) };
        var unfinished = $"{path}.{Path.GetRandomFileName()}.new"; // Two that ask at once don't write into each other's.
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (FileStream file = new(unfinished, options))
            {
                JsonSerializer.Serialize(file, [.. before.Append(masked).TakeLast(Most)], ConversationJson.Default.IReadOnlyListTurn);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<Turn>))]
internal sealed partial class ConversationJson : JsonSerializerContext;
