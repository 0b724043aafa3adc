namespace Aiops.Pipeline.Intake.Scopes;

/// <summary>A snapshot's subjects: a held firing may be taken up, so its kin must be there as if it had just come.</summary>
public static class HeldKin
{
    /// <summary>The records asked for that exist, with those of the kin of what they hold, and so on.</summary>
    /// <param name="find">A subject's record, or null.</param>
    public static IReadOnlyDictionary<string, SubjectRecord> Complete(IEnumerable<string> subjects, Func<string, SubjectRecord?> find)
    {
        Dictionary<string, SubjectRecord> found = new(StringComparer.Ordinal);
        Stack<string> open = new(subjects);
        while (open.TryPop(out var subject))
        {
            if (found.ContainsKey(subject) || find(subject) is not { } record)
            {
                continue;
            }

            found[subject] = record;
            foreach (var kin in record.Hold is { } hold ? Kin.Of(hold.Trigger) : [])
            {
                open.Push(kin);
            }
        }

        return found;
    }
}
