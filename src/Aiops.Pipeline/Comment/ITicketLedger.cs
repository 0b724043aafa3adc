using System.Text.Json.Serialization;

namespace Aiops.Pipeline.Comment;

/// <summary>
/// What we know of our tickets in a foreign system, and who may write there: one lease an incident and system, so that two
/// workers don't both find nothing and both create.
/// </summary>
/// <remarks>
/// A lease ends by the clock, for its holder may have died; a save under a lease that has passed to somebody else is refused.
/// What was done in the foreign system and not saved is found again there by its marker.
/// </remarks>
public interface ITicketLedger
{
    /// <summary>The lease with what is known; null while another holds it.</summary>
    Task<TicketLease?> TakeAsync(string system, string key, TimeSpan lasting, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps what was done. False when the lease is no longer ours: nothing was kept. One that ended and that nobody has taken
    /// since is still ours.
    /// </summary>
    Task<bool> SaveAsync(TicketLease lease, CancellationToken cancellationToken);

    /// <summary>Lets another have it; harmless when it is no longer ours.</summary>
    Task ReleaseAsync(TicketLease lease, CancellationToken cancellationToken);

    /// <summary>As last saved, without a lease; null where nothing was.</summary>
    Task<TicketEntry?> FindAsync(string system, string key, CancellationToken cancellationToken);

    /// <summary>Entries of a system by when they were last saved, newest first: what a sweep looks through.</summary>
    Task<IReadOnlyList<TicketEntry>> ListAsync(string system, int most, CancellationToken cancellationToken);
}

/// <summary>The right to write one incident's ticket in one system for a while.</summary>
/// <param name="Token">Tells this holder from an earlier one.</param>
public sealed record TicketLease(TicketEntry Entry, string Token, DateTimeOffset EndsAt);

/// <summary>What was created in a foreign system for an incident.</summary>
public sealed record TicketEntry(string System, string Key)
{
    /// <summary>The system's id; null before there is one.</summary>
    public string? TicketId { get; init; }

    /// <summary>What people call it (<c>OPS-12</c>).</summary>
    public string? TicketLabel { get; init; }

    public string? TicketUrl { get; init; }

    /// <summary>Of title, description and severity as last written.</summary>
    public string? ContentDigest { get; init; }

    public string? CommentId { get; init; }

    /// <summary>How often our comment was written; 0 before the first.</summary>
    public int CommentVersion { get; init; }

    /// <summary>Of the comment's Markdown as last written, so that saying the same again asks nothing of the system.</summary>
    public string? CommentDigest { get; init; }

    /// <summary>As last moved by us.</summary>
    public TicketState State { get; init; }

    /// <summary>Where it was asked to be moved and perhaps isn't yet: the sweep does it. Null when nothing is left to do.</summary>
    public TicketState? WantedState { get; init; }

    /// <summary>Ids of incidents whose tickets are linked already.</summary>
    public IReadOnlyList<string> Linked { get; init; } = [];

    /// <summary>Digest of the report as last attached; null before the first.</summary>
    public string? AttachmentDigest { get; init; }

    /// <summary>Up to where people's replies were read, in the system's own terms; null before the first look.</summary>
    public string? RepliesReadTo { get; init; }

    /// <summary>
    /// When something was asked to be created and no answer was kept: until the system can be trusted to show it, nobody may
    /// conclude that it isn't there. Null when nothing is in doubt.
    /// </summary>
    public DateTimeOffset? UnansweredSince { get; init; }

    /// <summary>Set by the ledger.</summary>
    public DateTimeOffset SavedAt { get; init; }
}

/// <summary>How ledgers write entries down.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TicketEntry))]
public sealed partial class TicketLedgerJson : JsonSerializerContext;
