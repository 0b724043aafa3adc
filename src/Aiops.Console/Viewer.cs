namespace Aiops.Console;

/// <summary>Who looks at a page, and what its forms must bring back.</summary>
/// <param name="Name">Null where nobody had to say who they are: then forms ask.</param>
public sealed record Viewer(string? Name, bool MayReview, bool MayApprove, bool CanLeave, string FormField, string FormToken)
{
    public bool MayPropose => MayReview || MayApprove;
}
