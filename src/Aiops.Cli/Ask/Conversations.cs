using System.Security.Cryptography;
using Aiops.Ask.Questions;

namespace Aiops.Cli.Ask;

/// <summary>What was asked before, for follow-ups on the console: by who asked it, in memory, a few each and not for long. It holds no rows.</summary>
internal sealed class Conversations(TimeProvider time)
{
    public const int MostOfOne = 4;
    public const int MostAtAll = 400;
    public static readonly TimeSpan Kept = TimeSpan.FromHours(8); // A session's.

    private readonly Lock gate = new();
    private readonly List<Talk> talks = []; // The one that was used longest ago first.

    /// <summary>Its turns, the oldest first; none where it isn't this one's, or was forgotten.</summary>
    public IReadOnlyList<Turn> Find(string asker, string? id)
    {
        lock (gate)
        {
            return talks.Find(talk => talk.Asker == asker && talk.Id == id && time.GetUtcNow() - talk.At < Kept)?.Turns ?? [];
        }
    }

    /// <summary>Goes on with it, or begins one.</summary>
    /// <returns>The id to go on by.</returns>
    public string Keep(string asker, string? id, IReadOnlyList<Turn> before, Turn turn)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var kept = before.Count > 0 && id is not null ? id : RandomNumberGenerator.GetHexString(32, lowercase: true);
            talks.RemoveAll(talk => (talk.Asker == asker && talk.Id == kept) || now - talk.At >= Kept);
            if (talks.Count(talk => talk.Asker == asker) >= MostOfOne)
            {
                talks.RemoveAt(talks.FindIndex(talk => talk.Asker == asker));
            }

            talks.Add(new Talk(asker, kept, [.. before.Append(turn).TakeLast(Conversation.Most)], now));
            talks.RemoveRange(0, Math.Max(0, talks.Count - MostAtAll));
            return kept;
        }
    }

    private sealed record Talk(string Asker, string Id, IReadOnlyList<Turn> Turns, DateTimeOffset At);
}
