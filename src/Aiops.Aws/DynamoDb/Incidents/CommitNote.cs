using Aiops.Pipeline;
using Aiops.Pipeline.Intake;
using Aiops.Pipeline.Intake.Scopes;

namespace Aiops.Aws.DynamoDb.Incidents;

/// <summary>
/// What a commit changes beside the head: written with the head in one conditional write, carried out afterwards, by its
/// author or by whoever loads the scope next.
/// </summary>
/// <param name="Changes">Their head is empty: it stands in the item itself.</param>
/// <param name="At">When it was decided, by the clock.</param>
internal sealed record CommitNote(ScopeChanges Changes, DateTimeOffset At)
{
    /// <summary>What a trigger may weigh, compressed: an item that holds it has room for what else it says.</summary>
    public const int MostTriggerBytes = 250_000;

    public static CommitNote Of(ScopeChanges changes, DateTimeOffset now) => new(
        changes with
        {
            Head = ScopeHead.Empty,
            Opened = [.. changes.Opened.Select(opened => opened with { First = Fit(opened.First) })],
            Subjects = [.. changes.Subjects.Select(Fit)],
            Members = [.. changes.Members.Select(member => member.Trigger is { } trigger ? member with { Trigger = Fit(trigger) } : member)],
            Decisions = [.. changes.Decisions.Select(decision => decision with { Trigger = Fit(decision.Trigger) })],
        },
        now);

    private static SubjectRecord Fit(SubjectRecord record)
        => record.Hold is { } hold ? record with { Hold = hold with { Trigger = Fit(hold.Trigger) } } : record;

    // Hundreds of long tags of a hostile sender may not fit an item, and an item that can't be written would stop its scope.
    private static Trigger Fit(Trigger trigger)
    {
        while (Characters(trigger) > MostTriggerBytes && Packed.Bytes(trigger, IntakeJson.Default.Trigger).Length > MostTriggerBytes)
        {
            trigger = trigger with
            {
                Tags = trigger.Tags.Take(trigger.Tags.Count / 2).ToDictionary(tag => tag.Key, tag => tag.Value),
                Children = [.. trigger.Children.Take(trigger.Children.Count / 2)],
                Links = [.. trigger.Links.Take(trigger.Links.Count / 2)],
                Signal = trigger.Signal is { } signal ? signal with { Inputs = null, Dimensions = new Dictionary<string, string>() } : null,
            };
        }

        return trigger;
    }

    // An upper bound of what can be left out, and cheap: a character escapes to six at most. Only what may be too large is weighed.
    private static int Characters(Trigger trigger)
        => trigger.Tags.Sum(tag => 6 * (tag.Key.Length + tag.Value.Length)) + (6 * trigger.Children.Sum(child => child.Length))
        + (6 * trigger.Links.Sum(link => link.Title.Length + link.Url.Length)) + SignalCharacters(trigger.Signal);

    private static int SignalCharacters(SignalReference? signal) => signal is null ? 0
        : (6 * signal.Dimensions.Sum(pair => pair.Key.Length + pair.Value.Length)) + (signal.Inputs?.Sum(SignalCharacters) ?? 0);
}
