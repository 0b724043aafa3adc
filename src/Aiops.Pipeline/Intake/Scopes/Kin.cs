namespace Aiops.Pipeline.Intake.Scopes;

/// <summary>Subjects that speak of the same thing as a trigger by their sender's own word, so that no score is needed.</summary>
public static class Kin
{
    /// <summary>A contributor's alarm, a composite's triggering children.</summary>
    public static IEnumerable<string> Of(Trigger trigger)
        => (AlarmOf(trigger) is { } alarm ? trigger.Children.Append(alarm) : trigger.Children).Where(subject => subject != trigger.Subject);

    // The subject is the alarm's, a # and the contributor, unless it was too long and had to be hashed.
    private static string? AlarmOf(Trigger trigger)
        => trigger.Contributor is not { } contributor ? null
        : trigger.Subject.EndsWith("#" + contributor, StringComparison.Ordinal) ? trigger.Subject[..^(contributor.Length + 1)]
        : trigger.GroupKey;
}
