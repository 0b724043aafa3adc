namespace Aiops.Mcp;

/// <summary>Whoever a client acts for, by the token that its configuration hands over. A model never sees the token.</summary>
/// <param name="Id">Tells one token from another, and nothing of it.</param>
/// <param name="Name">Under which a review is recorded.</param>
public sealed record McpCaller(string Id, string Name, bool MayReview);
