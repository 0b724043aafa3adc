using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aiops.Ask.Questions;

/// <summary>The last turns of a conversation in a file, for follow-ups. It holds questions and statements, no rows.</summary>
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
        var unfinished = path + ".new";
        File.WriteAllBytes(unfinished, JsonSerializer.SerializeToUtf8Bytes([.. before.Append(turn).TakeLast(Most)], ConversationJson.Default.IReadOnlyListTurn));
        File.Move(unfinished, path, overwrite: true);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<Turn>))]
internal sealed partial class ConversationJson : JsonSerializerContext;
