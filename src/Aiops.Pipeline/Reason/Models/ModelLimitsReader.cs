namespace Aiops.Pipeline.Reason.Models;

/// <summary>Reads <c>limits</c>; what is absent keeps its default.</summary>
internal static class ModelLimitsReader
{
    private const decimal MicroDollars = 1_000_000;

    // Seconds: the workflow ends the state 20 later.
    private const decimal LongestWall = 100;

    // Below what a call is given at least, none would ever be made.
    private static readonly decimal LeastSeconds = (decimal)MeteredModel.LeastTime.TotalSeconds;

    public static ModelLimits Read(SettingsMembers members)
    {
        members.OnlyKnown("steps", "outputTokens", "wallSeconds", "perIncident", "perDay", "questionsPerDay");
        ModelLimits usual = new();
        var limits = new ModelLimits
        {
            Steps = (int)(members.Whole("steps", 1, 20) ?? usual.Steps),
            OutputTokens = (int)(members.Whole("outputTokens", 100, 100_000) ?? usual.OutputTokens),
            WallTime = members.Number("wallSeconds", 1, LongestWall) is { } seconds ? TimeSpan.FromSeconds((double)seconds) : usual.WallTime,
            PerIncident = Spend(members, "perIncident", usual.PerIncident),
            PerDay = Spend(members, "perDay", usual.PerDay),
        };
        if (!limits.PerIncident.IsWithin(limits.PerDay))
        {
            members.Problem("perIncident", "must be within \"limits.perDay\", calls, tokens, dollars and seconds each: a day is never less than one incident");
        }

        if (members.Has("questionsPerDay"))
        {
            limits.QuestionsPerDay = Spend(members, "questionsPerDay", limits.QuestionsPerDay);
            if (!limits.QuestionsPerDay.IsWithin(limits.PerDay))
            {
                members.Problem("questionsPerDay", "must be within \"limits.perDay\", calls, tokens, dollars and seconds each: it is a part of it");
            }
        }

        return limits;
    }

    private static ModelSpend Spend(SettingsMembers limits, string name, ModelSpend usual)
    {
        if (limits.Inner(name) is not { } members)
        {
            return usual;
        }

        members.OnlyKnown("calls", "tokens", "dollars", "seconds");
        return new ModelSpend(
            (int)(members.Whole("calls", 1, 1_000_000) ?? usual.Calls),
            members.Whole("tokens", 1_000, 1_000_000_000_000) ?? usual.Tokens,
            members.Number("dollars", 0.01m, 1_000_000) is { } dollars ? (long)(dollars * MicroDollars) : usual.MicroDollars,
            members.Number("seconds", LeastSeconds, 1_000_000) is { } seconds ? TimeSpan.FromSeconds((double)seconds) : usual.Time);
    }
}
