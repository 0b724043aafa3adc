namespace Aiops.Pipeline.Review.Tickets;

/// <summary>What a person asks for in one line of a reply.</summary>
public abstract record ReviewCommand
{
    private ReviewCommand()
    {
    }

    /// <summary><c>/aiops confirm</c>: the first hypothesis was right.</summary>
    public sealed record Confirm : ReviewCommand;

    /// <summary><c>/aiops cause COMPONENT: what it was</c>, or with <c>COMPONENT!:</c> whatever it is called.</summary>
    /// <param name="What">In the reviewer's words; null where nothing was said.</param>
    /// <param name="Insists">The component counts even if nothing of the incident is called so.</param>
    public sealed record Cause(string Component, string? What, bool Insists) : ReviewCommand;

    /// <summary><c>/aiops wrong</c>: it was something else, nobody knows what.</summary>
    public sealed record Wrong : ReviewCommand;

    /// <summary><c>/aiops useful 1 3</c>: these of the recommended actions helped.</summary>
    public sealed record Useful(IReadOnlyList<int> Numbers) : ReviewCommand;

    /// <summary><c>/aiops severity sev2</c>: how bad it was.</summary>
    public sealed record Severe(Severity Severity) : ReviewCommand;

    /// <summary><c>/aiops explain</c>: why the first hypothesis is the first.</summary>
    public sealed record Explain : ReviewCommand;

    /// <summary><c>/aiops help</c>, or nothing but <c>/aiops</c>.</summary>
    public sealed record Help : ReviewCommand;

    /// <summary>Something else.</summary>
    /// <param name="Said">The line, for the answer.</param>
    /// <param name="Problem">What is wrong with it.</param>
    public sealed record NotUnderstood(string Said, string Problem) : ReviewCommand;
}
