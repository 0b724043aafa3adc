using System.Text.Json.Serialization;

namespace Aiops.Pipeline.Comment;

/// <summary>A chat or a pager that is told of an incident: one message an incident, edited in place where the system can.</summary>
public interface INoticeChannel
{
    /// <summary>For people (<c>Slack #ops</c>).</summary>
    string Name { get; }

    /// <summary>Tells it, once for each content: the same notice again tells nobody.</summary>
    /// <exception cref="TicketSystemUnavailableException">It may work later.</exception>
    Task NotifyAsync(string key, Notice notice, CancellationToken cancellationToken);
}

/// <summary>What a chat shows; all of it masked.</summary>
/// <param name="Text">Plain text, as <see cref="NoticeRenderer"/> makes it.</param>
/// <param name="Markdown">The comment; a channel that shows more than a line cuts it to its limits.</param>
public sealed record Notice(string Title, string Text, string Markdown, Severity Severity, TicketState State, string? TicketUrl, string ReportUrl);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Notice))]
public sealed partial class NoticeJson : JsonSerializerContext;
