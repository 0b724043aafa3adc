using System.Text.Json.Serialization;

namespace Aiops.Pipeline.Act;

/// <summary>Who asks, as whoever let them in vouches for.</summary>
/// <param name="Place">Where from (<c>command line on host-7</c>, <c>console 10.0.0.4</c>): kept in the log.</param>
/// <param name="Id">What stays the same when somebody is renamed; null where the name is all there is.</param>
public sealed record ActionCaller(string Name, ActionRole Role, string Place, string? Id = null);

/// <summary>In ascending order: each may do what the one before may.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ActionRole>))]
public enum ActionRole
{
    [JsonStringEnumMemberName("reader")] Reader = 0,

    /// <summary>May propose and have a dry run made.</summary>
    [JsonStringEnumMemberName("reviewer")] Reviewer,
    [JsonStringEnumMemberName("approver")] Approver,
}

/// <summary>What somebody wants to be run.</summary>
/// <param name="Action">The allow-list's id, where more than one fits the step; else null.</param>
/// <param name="Parameters">What the recommendation leaves open, or to be other than it says.</param>
public sealed record ActionProposal(
    string RequestId, string IncidentId, int Recommendation, int Step, string? Action, IReadOnlyDictionary<string, string> Parameters);

/// <summary>What came of asking.</summary>
public abstract record ActionAnswer
{
    private ActionAnswer() { }

    public sealed record Done(ActionRequest Request) : ActionAnswer;

    /// <param name="Because">Why not, one sentence.</param>
    /// <param name="Remedy">What to do about it.</param>
    public sealed record Refused(string Because, string Remedy) : ActionAnswer;
}
